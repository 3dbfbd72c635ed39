import {
  confirm,
  curlPost,
  diffView,
  fill,
  Form,
  groovy,
  h,
  postJson,
  stepCall,
  text,
  toast,
  type ByHand,
  type Field,
  type Page,
} from "@shera/kit";
import type { Cluster } from "./model";

/** What `publish` answers to `dryRun`. */
interface Plan {
  readonly node: string;
  readonly before: string;
  readonly after: string;
  readonly leadsTo: readonly string[];
}

/** What `publish` takes. */
interface Order {
  readonly nginx: string;
  readonly application: string;
  readonly environment: string;
  readonly host: string;
  readonly path?: string;
  readonly port?: number;
  readonly service?: string;
  readonly servicePort?: number;
  readonly address?: string;
  readonly members?: readonly string[];
  readonly tls?: { readonly certificate: string; readonly redirect?: boolean };
}

/** What the form's answers ask for; what was left open is left out. */
export function orderOf(nginx: string, said: Record<string, unknown>): Order {
  const word = (name: string) => String(said[name] ?? "").trim();
  const members = Array.isArray(said.members) ? said.members.map(String) : [];
  const given = (name: string) => (word(name) === "" ? {} : { [name]: word(name) });
  const number = (name: string) => (word(name) === "" ? {} : { [name]: Number(word(name)) });
  const redirect = said.redirect === true ? { redirect: true } : {};
  return {
    nginx,
    application: word("application"),
    environment: word("environment"),
    host: word("host"),
    ...given("path"),
    ...number("port"),
    ...(members.length > 0 ? { members } : { ...given("service"), ...number("servicePort"), ...given("address") }),
    ...(word("certificate") === "" ? {} : { tls: { certificate: word("certificate"), ...redirect } }),
  };
}

/** The same as a line of a Jenkinsfile. */
export function stepOf(order: Order): string {
  const { members, ...rest } = order;
  const step = stepCall("publishRoute", rest as unknown as Parameters<typeof stepCall>[1]);
  return members === undefined ? step : `${step}, members: [${members.map(groovy).join(", ")}]`;
}

/** A button that opens the form in that place; nothing where the caller may not publish. */
export function publishButton(
  page: Page,
  cluster: Cluster,
  place: HTMLElement,
  changed: () => Promise<void>,
): HTMLElement | false {
  if (!cluster.mayRule) return false;
  const open = h(
    "button",
    {
      type: "button",
      id: "route-publish",
      class: "jenkins-button",
      onclick: () => draw(page, cluster, place, changed),
    },
    text("publish"),
  );
  return h("div", { class: "shera-row" }, open);
}

function draw(page: Page, cluster: Cluster, place: HTMLElement, changed: () => Promise<void>): void {
  const byHand = (said: Record<string, unknown>): ByHand => {
    const order = orderOf(cluster.cluster, said);
    return { jenkinsfile: stepOf(order), curl: curlPost(`${page.url}/publish`, order) };
  };
  const form = new Form({
    label: text("publish"),
    fields: fields(cluster.daemons !== undefined),
    sections: [
      {
        title: text("publish.tls"),
        fields: [
          {
            name: "certificate",
            label: text("publish.certificate"),
            kind: "text",
            help: text("publish.certificate.help"),
          },
          { name: "redirect", label: text("publish.redirect"), kind: "switch" },
        ],
        said: (said) => String(said.certificate ?? ""),
      },
    ],
    values: cluster.daemons ? { address: "clusterIP" } : {},
    verb: text("publish.plan"),
    send: async (said) => ask(page, cluster, orderOf(cluster.cluster, said), byHand(said), changed),
    cancel: () => fill(place),
    byHand,
  });
  fill(place, h("h3", { class: "shera-ng__node" }, text("publish")), form.element);
  form.focus();
}

/** A number, as people write it; the server knows its bounds. */
function digits(value: string): string | null {
  return /^\d*$/.test(value) ? null : text("publish.number");
}

function fields(follows: boolean): Field[] {
  const field = (name: string, more: Partial<Field> = {}): Field => ({
    name,
    label: text(`publish.${name}`),
    kind: "text",
    ...more,
  });
  const words = ["clusterIP", "podIP", "nodePort"];
  const address = field("address", {
    kind: "select",
    required: true,
    help: text("publish.address.help"),
    choices: words.map((word) => ({ value: word, label: text(`publish.address.${word}`) })),
  });
  return [
    field("application", { required: true }),
    field("environment", { required: true }),
    field("host", { required: true, placeholder: "shop.example.com", help: text("publish.host.help") }),
    field("path", { placeholder: "/" }),
    field("port", { rule: digits, help: text("publish.port.help") }),
    field("service", { help: text("publish.service.help") }),
    field("servicePort", { rule: digits }),
    ...(follows ? [address] : []),
    field("members", {
      kind: "lines",
      placeholder: follows ? "10.0.0.5:8080 weight=3\nerp.example.com:8080" : "10.0.0.5:8080 weight=3",
      help: text("publish.members.help"),
    }),
  ];
}

/** Shows what would change, and publishes once a person wants that. */
async function ask(
  page: Page,
  cluster: Cluster,
  order: Order,
  byHand: ByHand,
  changed: () => Promise<void>,
): Promise<void> {
  const plan = await postJson<Plan>(`${page.url}/publish`, { ...order, dryRun: true });
  const same = plan.before === plan.after;
  await confirm({
    title: text("publish.ask", `${order.host}${order.path ?? "/"}`, cluster.cluster),
    consequences: [
      text("publish.leads", plan.leadsTo.join(", ")),
      text("publish.tested"),
      same ? text("publish.same") : plan.node === "" ? text("publish.wanted") : text("publish.file", plan.node),
    ],
    ...(same ? {} : { detail: diffView(plan.before, plan.after) }),
    verb: text("publish.verb"),
    byHand: () => byHand,
    act: async () => {
      const said = await postJson<{ url: string; warnings: readonly string[] }>(`${page.url}/publish`, order);
      toast([...said.warnings, text("publish.done", said.url)].join(" "));
      await changed();
    },
  });
}
