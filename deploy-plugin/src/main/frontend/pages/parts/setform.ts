import { card, curlPost, fill, Form, groovy, h, postJson, text, toast, type ByHand, type Choice } from "@shera/kit";
import type { SetPlace } from "./model";
import { routerField, templateField } from "./planfields";

type Said = Readonly<Record<string, unknown>>;

interface Wanted {
  readonly application: string;
  readonly environment: string;
  readonly image?: string;
  readonly from?: string;
  readonly after?: readonly string[];
  readonly router?: string;
  readonly route?: string;
}

/** Where the form stands and what it is about. */
export interface NewSet {
  readonly base: string;
  readonly application: string;
  readonly environment: string;
  readonly places: readonly SetPlace[];
  readonly form: HTMLElement;
  readonly done: () => void;
}

/** Shows the form of a new release set, in which the application of this page is the first member. */
export function newSet(what: NewSet): void {
  const close = () => fill(what.form);
  const choice = (value: string): Choice => ({ value, label: value });
  const keys = what.places.flatMap((each) => each.environments.map((name) => `${each.application}/${name}`));
  const environments = [...new Set(what.places.flatMap((each) => each.environments))];
  const own = `${what.application}/${what.environment}`;
  const other =
    keys.find((key) => key !== own && key.endsWith(`/${what.environment}`)) ?? keys.find((key) => key !== own);
  const member = (place: string) => ({ place, router: "replicas" });
  const form = new Form({
    label: text("set.new"),
    fields: [
      {
        name: "members",
        label: text("set.members"),
        help: text("set.members.help"),
        kind: "rows",
        addLabel: text("set.members.add"),
        fresh: member(""),
        fields: [
          { name: "place", label: text("set.cell.place"), kind: "select", required: true, choices: keys.map(choice) },
          {
            name: "image",
            label: text("field.image"),
            kind: "text",
            placeholder: "registry/shop@sha256:...",
            wide: true,
          },
          { name: "from", label: text("set.cell.from"), kind: "select", choices: environments.map(choice) },
          { name: "after", label: text("set.cell.after"), kind: "text", placeholder: "stock, auth/prod" },
          routerField(),
          { name: "route", label: text("field.route"), kind: "text" },
        ],
      },
      templateField(),
      { name: "override", label: text("field.override"), kind: "text", help: text("field.override.help") },
    ],
    values: { template: "5-25-50-100", members: [member(own), member(other ?? "")] },
    verb: text("set.verb.begin"),
    send: async (said) => {
      await postJson(`${what.base}/beginSet`, setOrder(said));
      toast(text("set.began"));
      close();
      what.done();
    },
    cancel: close,
    byHand: (said) => setByHand(what.base, said),
  });
  const why = h("p", { class: "shera-muted" }, text("set.new.why"));
  fill(what.form, card(text("set.new"), [why, form.element]));
  what.form.scrollIntoView({ block: "nearest" });
  form.focus();
}

/** What the form says, as the server takes it: what is not said is left out. */
export function setOrder(said: Said): { readonly members: readonly Wanted[]; readonly [name: string]: unknown } {
  const filled = (value: unknown) => (typeof value === "string" ? value.trim() : "");
  const rows = Array.isArray(said["members"]) ? (said["members"] as Said[]) : [];
  const members = rows.map((row) => {
    const [application = "", environment = ""] = filled(row["place"]).split("/");
    const after = filled(row["after"])
      .split(/[\s,]+/)
      .filter(Boolean);
    const texts = ["image", "from", "router", "route"].map((name) => [name, filled(row[name])] as const);
    return {
      application,
      environment,
      ...Object.fromEntries(texts.filter(([, value]) => value !== "")),
      ...(after.length > 0 ? { after } : {}),
    };
  });
  const rest = ["template", "override"].map((name) => [name, filled(said[name])] as const);
  return { members, ...Object.fromEntries(rest.filter(([, value]) => value !== "")) };
}

/** The same by hand; a Jenkinsfile has no word for "the router that fits". */
function setByHand(base: string, said: Said): ByHand {
  const order = setOrder(said);
  const curl = curlPost(`${base}/beginSet`, order);
  const line = setLine(order);
  return line === undefined ? { curl } : { curl, jenkinsfile: line };
}

/** The line of a Jenkinsfile that begins this set; undefined where none could. */
export function setLine(order: ReturnType<typeof setOrder>): string | undefined {
  if (order.members.some((each) => each.router === undefined)) return undefined;
  const rest = ["template", "override"]
    .filter((name) => typeof order[name] === "string")
    .map((name) => `, ${name}: ${groovy(String(order[name]))}`);
  return `releaseSet(members: [${order.members.map(memberPart).join(", ")}]${rest.join("")})`;
}

function memberPart(member: Wanted): string {
  const application = `application: ${groovy(member.application)}`;
  const image =
    member.from === undefined
      ? groovy(member.image ?? "")
      : `findRunningImage(${application}, environment: ${groovy(member.from)})`;
  const parts = [application, `environment: ${groovy(member.environment)}`, `image: ${image}`];
  if (member.after) parts.push(`after: [${member.after.map(groovy).join(", ")}]`);
  if (member.router !== "replicas") parts.push(`router: ${router(member)}`);
  return `member(${parts.join(", ")})`;
}

function router(member: Wanted): string {
  const name = { gatewayApi: "route", ingress: "ingress" }[member.router ?? ""];
  return `${member.router}(${name && member.route ? `${name}: ${groovy(member.route)}` : ""})`;
}
