// bpmn-moddle, the parser of bpmn-js, reads our file (stdin) and says what it found (stdout):
// {"warnings": ["…"], "read": {"bpmn:UserTask": 3, …}, "dangling": ["id", …]}
import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';

const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(0, 'utf-8'));
const process = rootElement.rootElements.find((one) => one.$type === 'bpmn:Process');
const read = {};
for (const one of process.flowElements) read[one.$type] = (read[one.$type] ?? 0) + 1;
const plane = rootElement.diagrams[0].plane;
const drawn = new Set(plane.planeElement.map((one) => one.bpmnElement?.id));
const dangling = process.flowElements.map((one) => one.id).filter((id) => !drawn.has(id));
console.log(JSON.stringify({ warnings: warnings.map((one) => one.message), read, dangling }));
