import {
  appBar,
  card,
  confirm,
  curlPost,
  empty,
  exactly,
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
  type Field,
  type Page,
} from "@shera/kit";
import { GROUP_BY, whatOf, type Book, type Floor, type Silence } from "./parts/notices";

const LIVE_MILLIS = 15_000;

interface Notices {
  readonly tenant: string;
  readonly title: string;
  readonly tenantUrl: string;
  readonly applications: readonly string[];
}

start(async (page) => {
  const facts = await getJson<Notices>(`${page.url}/api/json`);
  const book = h("div", {});
  const silences = new Silences(page, facts);
  fill(
    page.element,
    appBar(text("NoticesPage_title"), [h("a", { href: `${facts.tenantUrl}/` }, pill("idle", facts.title))], []),
    h("div", { class: "shera-stack" }, silences.element, book),
  );
  await drawBook(page, facts, book);
});

/** Receivers and routes as one form, whose plan is seen before it is sent. */
async function drawBook(page: Page, facts: Notices, place: HTMLElement): Promise<void> {
  const book = await getJson<Book>(`${page.url}/book`);
  const redraw = () => void drawBook(page, facts, place).catch((thrown: unknown) => fill(place, problemNotice(thrown)));
  const applications = [
    { value: "", label: text("all") },
    ...facts.applications.map((one) => ({ value: one, label: one })),
  ];
  const kinds = ["mail", "webhook", "slack", "wecom", "dingtalk", "lark", "jenkins"].map((value) => ({
    value,
    label: text(`kind.${value}`),
  }));
  const severities = ["", "warning", "critical"].map((value) => ({ value, label: text(`severity.${value || "all"}`) }));
  const receivers: Field[] = [
    {
      name: "receivers",
      label: text("receivers"),
      help: text("receivers.help"),
      kind: "rows",
      addLabel: text("receivers.add"),
      fields: [
        { name: "name", label: text("name"), kind: "text", required: true },
        { name: "kind", label: text("kind"), kind: "select", choices: kinds },
        { name: "to", label: text("to"), kind: "text", placeholder: text("to.hint") },
        { name: "url", label: text("url"), kind: "text", placeholder: "https://" },
        { name: "credentialsId", label: text("credentialsId"), kind: "text" },
        { name: "signingCredentialsId", label: text("signingCredentialsId"), kind: "text" },
      ],
    },
  ];
  const routes: Field[] = [
    {
      name: "routes",
      label: text("routes"),
      help: text("routes.help"),
      kind: "rows",
      addLabel: text("routes.add"),
      fields: [
        { name: "receiver", label: text("receiver"), kind: "text", required: true },
        { name: "application", label: text("application"), kind: "select", choices: applications },
        { name: "environment", label: text("environment"), kind: "text", placeholder: text("all") },
        { name: "severity", label: text("severity"), kind: "select", choices: severities },
        { name: "repeat", label: text("repeat"), kind: "text", placeholder: "4h" },
      ],
    },
  ];
  const versioned = (body: Record<string, unknown>) => ({ ...body, version: book.version });
  const form = new Form({
    label: text("told"),
    fields: book.servers.length === 0 ? receivers : [...receivers, ...routes, ...timingFields(book)],
    values: book,
    verb: text("plan"),
    cancel: redraw,
    byHand: (body) => ({ curl: curlPost(`${page.url}/set`, versioned(body)) }),
    send: async (body) => {
      const { changes, floors } = await postJson<{ changes: readonly string[]; floors: readonly Floor[] }>(
        `${page.url}/plan`,
        body,
      );
      const done = await confirm({
        title: text("set"),
        consequences: changes.length === 0 ? [text("plan.none")] : [...changes, ...floorTexts(floors)],
        verb: text("set"),
        act: () => postJson(`${page.url}/set`, versioned(body)),
      });
      if (done) {
        toast(text("set.done"));
        redraw();
      }
    },
  });
  const tests = (book.servers.length === 0 ? [] : book.receivers).map((one) => {
    const button = h("button", { type: "button", class: "jenkins-button" }, text("test", one.name));
    button.addEventListener("click", () => {
      button.disabled = true;
      postJson(`${page.url}/test`, { receiver: one.name })
        .then(() => toast(text("test.done")))
        .catch((thrown: unknown) => fill(said, problemNotice(thrown)))
        .finally(() => (button.disabled = false));
    });
    return button;
  });
  const said = h("div", { "aria-live": "polite" });
  const tones = { inForce: "ok", different: "warn", unreachable: "bad" } as const;
  const states = book.servers.map((one) => pill(tones[one.state], text(`state.${one.state}`, one.id)));
  fill(
    place,
    card(
      text("told"),
      [
        ...floorTexts(book.floors).map((one) => remark("info", one)),
        book.servers.length === 0 && remark("info", text("noServer.routes")),
        form.element,
        tests.length > 0 && h("div", { class: "shera-row shera-notices__tests" }, ...tests),
        said,
      ],
      h("div", { class: "shera-row" }, ...states),
    ),
  );
}

/** When the tenant is told, within what the platform allows. */
function timingFields(book: Book): Field[] {
  const time = (name: "groupWait" | "groupInterval" | "repeatInterval", placeholder: string): Field => {
    const [least, most] = book.limits[name].split(" ");
    return {
      name: `timing.${name}`,
      label: text(name),
      help: text("limits", least ?? "", most ?? ""),
      kind: "text",
      placeholder,
    };
  };
  return [
    {
      name: "timing.groupBy",
      label: text("groupBy"),
      help: text("groupBy.help"),
      kind: "boxes",
      choices: GROUP_BY.map((value) => ({ value, label: text(`groupBy.${value}`) })),
    },
    time("groupWait", "30s"),
    time("groupInterval", "5m"),
    time("repeatInterval", "4h"),
    { name: "timing.keepWarnings", label: text("keepWarnings"), help: text("keepWarnings.help"), kind: "switch" },
  ];
}

function floorTexts(floors: readonly Floor[]): string[] {
  return floors
    .filter((one) => one.wait !== "")
    .map((one) => text("floor", one.server, one.least, one.scrape, one.evaluation, one.wait));
}

/** The silences of the tenant, and a form for a new one, filled in from the address when an alert led here. */
class Silences {
  readonly element: HTMLElement;
  private readonly said = h("div", { "aria-live": "polite" });
  private readonly place = h("div", {});
  private readonly table: Table<Silence>;
  private readonly reading;

  constructor(
    private readonly page: Page,
    private readonly facts: Notices,
  ) {
    this.table = new Table<Silence>({
      label: text("silences"),
      columns: [
        { title: text("state"), kind: "tight", cell: (one) => state(one), value: (one) => one.state },
        { title: text("what"), cell: (one) => whatOf(one) || text("everything") },
        { title: text("until"), cell: (one) => exactly(new Date(one.until)), value: (one) => one.until },
        { title: text("by"), cell: (one) => one.by, value: (one) => one.by },
        { title: text("comment"), cell: (one) => one.comment },
        { title: "", cell: (one) => (one.state === "expired" ? null : this.ending(one)) },
      ],
      key: (one) => `${one.server}/${one.id}`,
      filters: [{ label: text("notEnded"), keeps: (one) => one.state !== "expired" }],
      whenEmpty: () => empty(text("noSilence"), text("noSilence.why")),
    });
    const add = h("button", { type: "button", class: "jenkins-button" }, text("silence.add"));
    add.addEventListener("click", () => this.ask({}));
    this.element = card(text("silences"), [this.said, this.place, this.table.element], add);
    this.reading = poll(async (signal) => {
      try {
        const read = await getJson<{ silences: readonly Silence[]; unreachable: readonly string[] }>(
          `${page.url}/silences`,
          signal,
        );
        this.table.show(read.silences);
        fill(
          this.said,
          read.unreachable.length > 0 && remark("warning", text("unreachable", read.unreachable.join(", "))),
        );
      } catch (thrown) {
        fill(this.said, problemNotice(thrown));
        throw thrown;
      }
    }, LIVE_MILLIS);
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (wanted.size > 0) this.ask(Object.fromEntries(wanted));
  }

  private ending(silence: Silence): HTMLElement {
    const body = { id: silence.id };
    const button = h("button", { type: "button", class: "jenkins-button jenkins-button--tertiary" }, text("end"));
    button.addEventListener("click", () => {
      void confirm({
        title: text("end.title"),
        consequences: [text("end.why")],
        verb: text("end"),
        byHand: () => ({ curl: curlPost(`${this.page.url}/expire`, body) }),
        act: () => postJson(`${this.page.url}/expire`, body),
      }).then(() => this.reading.refresh());
    });
    return button;
  }

  private ask(values: Readonly<Record<string, string>>): void {
    const choices = [
      { value: "", label: text("all") },
      ...this.facts.applications.map((one) => ({ value: one, label: one })),
    ];
    const close = () => fill(this.place);
    const form = new Form({
      label: text("silence.add"),
      fields: [
        { name: "application", label: text("application"), kind: "select", choices },
        { name: "environment", label: text("environment"), kind: "text", placeholder: text("all") },
        { name: "metric", label: text("metric"), kind: "text", placeholder: text("all") },
        { name: "severity", label: text("severity"), kind: "text", placeholder: text("all") },
        { name: "duration", label: text("duration"), kind: "text", required: true, placeholder: "2h" },
        { name: "comment", label: text("comment"), kind: "text", required: true },
      ],
      values: { duration: "2h", ...values },
      verb: text("silence"),
      cancel: close,
      byHand: (body) => ({ curl: curlPost(`${this.page.url}/silence`, body) }),
      send: async (body) => {
        await postJson(`${this.page.url}/silence`, body);
        close();
        toast(text("silence.done"));
        await this.reading.refresh();
      },
    });
    fill(this.place, form.element);
    form.focus();
  }
}

function state(silence: Silence): HTMLElement {
  const tone = { active: "info", pending: "idle", expired: "idle" } as const;
  return pill(tone[silence.state], text(`silence.${silence.state}`));
}
