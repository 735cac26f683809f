"""The process: every step has a role, is reached, and leads somewhere."""

from engine.check.directory import Directory, unknown
from engine.diagnostics import Findings, Severity
from engine.model import Procedure
from engine.model_process import Step

_GATEWAYS = ("exclusive", "parallel")


def check_process(procedure: Procedure, names: Directory, findings: Findings) -> None:
    """Roles and both lists of steps."""
    process = procedure.process
    if process is None:
        return
    roles = [role.id for role in process.roles]
    used = set()
    for steps in (process.ist, process.soll):
        for step in steps:
            used.add(str(step.role))
            if step.role and step.role not in roles:
                unknown(findings, "unknown-role", step.role, roles)
        if _check_flows(steps, findings):
            _check_reached(steps, findings)
    for role in process.roles:
        if role.id not in used:
            values = {"name": str(role.id)}
            findings.add("role-without-steps", role.span, values, severity=Severity.WARNING)


def _check_flows(steps: tuple[Step, ...], findings: Findings) -> bool:
    """Whether all ways lead somewhere; else nobody can say what is reached."""
    known, all_known = [step.id for step in steps], True
    for step in steps:
        for flow in step.flows:
            if flow.to not in known:
                unknown(findings, "unknown-step", flow.to, known)
                all_known = False
        values = {"name": str(step.id)}
        if len(step.flows) > 1 and step.kind not in _GATEWAYS:
            findings.add("branch-without-gateway", step.span, values)
        elif step.kind == "exclusive" and len(step.flows) < 2:
            findings.add("gateway-without-branches", step.span, values)
        elif step.kind == "timer" and step.deadline is None:
            findings.add("timer-without-deadline", step.span, values)
    return all_known


def _check_reached(steps: tuple[Step, ...], findings: Findings) -> None:
    by_id = {step.id: step for step in steps}
    reached: set[str] = set()
    waiting = [step.id for number, step in enumerate(steps) if step.begins or number == 0]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in by_id:
            continue
        reached.add(name)
        waiting.extend(flow.to for flow in by_id[name].flows)
    for step in steps:
        if step.id not in reached:
            findings.add("step-never-reached", step.span, {"name": str(step.id)})
