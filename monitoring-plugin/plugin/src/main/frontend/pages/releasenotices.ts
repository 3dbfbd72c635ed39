import {
  appBar,
  card,
  curlPost,
  empty,
  fill,
  Form,
  getJson,
  h,
  pill,
  poll,
  postJson,
  problemNotice,
  remark,
  start,
  Table,
  text,
  toast,
  when,
  type Field,
  type Page,
} from "@shera/kit";
import { toneOf, type Heard, type Rules } from "./parts/releasenotices";

const LIVE_MILLIS = 10_000;

interface Facts {
  readonly title: string;
  readonly tenantUrl: string;
  readonly applications: readonly string[];
  readonly mail: boolean;
}

start(async (page) => {
  const facts = await getJson<Facts>(`${page.url}/api/json`);
  const rules = h("div", {});
  const receivers = new Receivers(page, facts);
  fill(
    page.element,
    appBar(text("ReleaseNoticesPage_title"), [h("a", { href: `${facts.tenantUrl}/` }, pill("idle", facts.title))], []),
    h("div", { class: "shera-stack" }, rules, receivers.element),
  );
  await drawRules(page, facts, rules, receivers);
});

/** Which receiver hears of what, as one form. */
async function drawRules(page: Page, facts: Facts, place: HTMLElement, receivers: Receivers): Promise<void> {
  const rules = await getJson<Rules>(`${page.url}/book`);
  if (rules.receivers.length === 0) {
    fill(place);
    return;
  }
  const redraw = () =>
    void drawRules(page, facts, place, receivers).catch((thrown: unknown) => fill(place, problemNotice(thrown)));
  const choices = (key: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: text(`${key}.${value || "all"}`) }));
  const fields: Field[] = [
    {
      name: "notices",
      label: text("notices"),
      help: text("notices.help"),
      kind: "rows",
      addLabel: text("notices.add"),
      fields: [
        {
          name: "receiver",
          label: text("receiver"),
          kind: "select",
          required: true,
          choices: rules.receivers.map((one) => ({ value: one.name, label: one.name })),
        },
        {
          name: "event",
          label: text("event"),
          kind: "select",
          choices: choices("event", ["", "waiting", "failed", "wentBack", "finished"]),
        },
        {
          name: "application",
          label: text("application"),
          kind: "select",
          choices: [
            { value: "", label: text("all") },
            ...facts.applications.map((one) => ({ value: one, label: one })),
          ],
        },
        { name: "environment", label: text("environment"), kind: "text", placeholder: text("all") },
        {
          name: "language",
          label: text("language"),
          kind: "select",
          choices: choices("language", ["", "zh-CN", "zh-TW"]),
        },
      ],
    },
  ];
  const versioned = (body: Record<string, unknown>) => ({ ...body, version: rules.version });
  const form = new Form({
    label: text("told"),
    fields,
    values: rules,
    verb: text("set"),
    cancel: redraw,
    byHand: (body) => ({ curl: curlPost(`${page.url}/set`, body) }),
    send: async (body) => {
      await postJson(`${page.url}/set`, versioned(body));
      toast(text("set.done"));
      redraw();
      await receivers.refresh();
    },
  });
  const noMail = !facts.mail && rules.receivers.some((one) => one.kind === "mail");
  fill(place, card(text("told"), [noMail && remark("warning", text("noMail")), form.element]));
}

/** What became of the last message to each receiver, and a test of each. */
class Receivers {
  readonly element: HTMLElement;
  private readonly said = h("div", { "aria-live": "polite" });
  private readonly table: Table<Heard>;
  private readonly reading;

  constructor(
    private readonly page: Page,
    facts: Facts,
  ) {
    this.table = new Table<Heard>({
      label: text("receivers"),
      columns: [
        { title: text("receiver"), cell: (one) => one.name, value: (one) => one.name },
        { title: text("kind"), kind: "tight", cell: (one) => text(`kind.${one.kind}`), value: (one) => one.kind },
        {
          title: text("state"),
          kind: "tight",
          cell: (one) => pill(toneOf(one), text(`state.${one.state || "none"}`)),
          value: (one) => one.state,
        },
        {
          title: text("at"),
          kind: "tight",
          cell: (one) => (one.at === "" ? "" : when(one.at)),
          value: (one) => one.at,
        },
        { title: text("last"), cell: (one) => (one.why === "" ? one.title : `${one.title} ${text("why", one.why)}`) },
        { title: text("waits"), kind: "tight", cell: (one) => String(one.waiting), value: (one) => one.waiting },
        { title: "", kind: "tight", cell: (one) => this.testing(one) },
      ],
      key: (one) => one.name,
      whenEmpty: () => empty(text("noReceiver"), text("noReceiver.why")),
    });
    const all = h("a", { class: "jenkins-button", href: `${facts.tenantUrl}/notices/` }, text("toReceivers"));
    this.element = card(text("receivers"), [this.said, this.table.element], all);
    this.reading = poll(async (signal) => {
      const read = await getJson<Rules>(`${page.url}/book`, signal);
      this.table.show(read.receivers);
    }, LIVE_MILLIS);
  }

  async refresh(): Promise<void> {
    await this.reading.refresh();
  }

  private testing(one: Heard): HTMLElement {
    const button = h("button", { type: "button", class: "jenkins-button jenkins-button--tertiary" }, text("test"));
    button.setAttribute("aria-label", text("test.of", one.name));
    button.addEventListener("click", () => {
      button.disabled = true;
      fill(this.said);
      postJson(`${this.page.url}/test`, { receiver: one.name })
        .then(() => toast(text("test.done", one.name)))
        .catch((thrown: unknown) => fill(this.said, problemNotice(thrown)))
        .finally(() => {
          button.disabled = false;
          void this.refresh();
        });
    });
    return button;
  }
}
