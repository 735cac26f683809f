// Two programs of others read our file and decide: dmn-moddle (the parser of dmn-js), feelin (FEEL).
// In (stdin): {"xml": "…", "rows": [{"name": "FEEL literal", …}, …]}
// Out: {"warnings": […], "elements": {…}, "results": [{"decision": {"value": "…", "hits": […]}}, …]}
import { readFileSync } from 'node:fs';
import { DmnModdle } from 'dmn-moddle';
import * as feelin from 'feelin';

const plain = (made) => (made && made.value !== undefined ? made.value : made);
const evaluate = (text, context) => plain(feelin.evaluate(text, context)) ?? null;
const accepts = (text, value, context) =>
  plain(feelin.unaryTest(text, { ...context, '?': value })) === true;
const spelt = (value) => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(spelt);
  return evaluate('string(value)', { value });
};

const COMBINE = {
  UNIQUE: (all) => (all.length === 1 ? all[0] : null),
  ANY: (all) => (all.every((one) => spelt(one) === spelt(all[0])) ? all[0] : null),
  FIRST: (all) => all[0],
  'RULE ORDER': (all) => all,
  COLLECT: (all) => all,
  SUM: (all) => all.reduce((sum, one) => sum + one, 0),
  MIN: (all) => Math.min(...all),
  MAX: (all) => Math.max(...all),
  COUNT: (all) => all.length,
};

function decideTable(table, context) {
  const columns = table.input.map((one) => evaluate(one.inputExpression.text, context));
  const hits = table.rule.filter((rule) =>
    rule.inputEntry.every((cell, n) => accepts(cell.text, columns[n], context))
  );
  const policy = table.aggregation || table.hitPolicy || 'UNIQUE';
  const [output] = table.output;
  if (!hits.length && output.defaultOutputEntry)
    return { value: evaluate(output.defaultOutputEntry.text, context), hits: [] };
  if (!hits.length && !['COLLECT', 'RULE ORDER', 'COUNT'].includes(policy))
    return { value: null, hits: [] };
  const results = hits.map((rule) => evaluate(rule.outputEntry[0].text, context));
  return {
    value: COMBINE[policy](results) ?? null,
    hits: (policy === 'FIRST' ? hits.slice(0, 1) : hits).map(
      (rule) => rule.annotationEntry[0].text
    ),
  };
}

// Decisions in an order in which each comes after those it requires, found anew: not ours.
function inOrder(decisions) {
  const done = new Set();
  const ordered = [];
  const visit = (one) => {
    if (done.has(one.id)) return;
    done.add(one.id);
    for (const need of one.informationRequirement || []) {
      const href = need.requiredDecision && need.requiredDecision.href;
      if (href) visit(decisions.find((other) => `#${other.id}` === href));
    }
    ordered.push(one);
  };
  decisions.forEach(visit);
  return ordered;
}

function decide(decisions, literals) {
  const context = {};
  for (const [name, text] of Object.entries(literals)) context[name] = evaluate(text, {});
  const results = {};
  for (const decision of decisions) {
    // Only what is required may be seen: a missing requirement shows as null.
    const seen = {};
    for (const need of decision.informationRequirement || []) {
      const name = (need.requiredDecision || need.requiredInput).href.slice(2);
      seen[name] = context[name] ?? null;
    }
    const logic = decision.decisionLogic;
    const found = logic.$instanceOf('dmn:DecisionTable')
      ? decideTable(logic, seen)
      : { value: evaluate(logic.text, seen), hits: [] };
    context[decision.name] = found.value;
    results[decision.name] = { value: spelt(found.value), hits: found.hits };
  }
  return results;
}

const task = JSON.parse(readFileSync(0, 'utf8'));
const { rootElement, warnings } = await new DmnModdle().fromXML(task.xml, 'dmn:Definitions');
const of = (type) => rootElement.drgElement.filter((one) => one.$instanceOf(`dmn:${type}`));
const decisions = inOrder(of('Decision'));
console.log(
  JSON.stringify({
    warnings: warnings.map((one) => one.message),
    inputs: of('InputData').map((one) => one.name),
    decisions: of('Decision').map((one) => one.name),
    shapes: rootElement.dmnDI.diagrams[0].diagramElements.length,
    unknown: rootElement.drgElement.flatMap((one) => Object.keys(one.$attrs)),
    results: task.rows.map((row) => decide(decisions, row)),
  })
);
