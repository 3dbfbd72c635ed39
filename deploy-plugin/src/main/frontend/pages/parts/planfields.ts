import { text, type Choice, type Field } from "@shera/kit";

const TEMPLATES = ["5-25-50-100", "1-pod-first", "blueGreen", "ab"];
const ROUTERS = ["replicas", "gatewayApi", "ingress", "kubeng", "partition", "onDelete"];

function choice(value: string): Choice {
  return { value, label: value };
}

/** Which ready plan a rollout follows. */
export function templateField(): Field {
  return {
    name: "template",
    label: text("field.template"),
    kind: "select",
    required: true,
    choices: TEMPLATES.map(choice),
  };
}

/** What splits the traffic; the first choice lets Jenkins take what fits. */
export function routerField(): Field {
  return {
    name: "router",
    label: text("field.router"),
    kind: "select",
    choices: [{ value: "", label: text("router.fits") }, ...ROUTERS.map(choice)],
  };
}
