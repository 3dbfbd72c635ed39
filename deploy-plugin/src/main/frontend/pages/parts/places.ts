import {
  applicationFrame,
  card,
  empty,
  fill,
  getJson,
  h,
  loading,
  poll,
  problemNotice,
  remark,
  start,
  text,
  whenChanged,
  type ApplicationHead,
  type Child,
  type Form,
  type Polling,
} from "@shera/kit";

/** What the server tells of every environment, whatever the tab lists. */
export interface Place {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly trouble: string;
}

/** Where the page is, where its forms go, and what is to be called when something was done. */
export interface Stage {
  readonly base: string;
  readonly application: string;
  readonly form: HTMLElement;
  readonly done: () => void;
}

/** A tab that lists something for each environment of an application. */
export interface PlacesTab<A extends { readonly application: string }, P extends Place> {
  readonly tab: string;
  readonly millis: number;
  /** How deep the data are nested. */
  readonly depth: number;
  readonly places: (all: A) => readonly P[];
  /** What is said where nothing is listed; empty when something is. */
  readonly nothing: (place: P) => string;
  readonly content: (stage: Stage, place: P, all: A) => readonly Child[];
  /** What else is shown of a place, which keeps itself up to date; made once for the page. */
  readonly beside?: (head: ApplicationHead) => (place: P, all: A) => Child;
  /** What stands above all. */
  readonly above?: (all: A) => Child;
}

/** Draws the tab and keeps it up to date. */
export function placesTab<A extends { readonly application: string }, P extends Place>(what: PlacesTab<A, P>): void {
  start(async (page) => {
    const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
    const content = applicationFrame(page, head, what.tab);
    const said = h("div", {});
    const live = h("div", { class: "shera-stack" }, loading(3));
    const form = h("div", { class: "shera-stack" });
    fill(content, said, form, live);
    let polling: Polling | undefined;
    const beside = what.beside?.(head);
    const done = () => void polling?.refresh();
    const show = whenChanged<A>((all) => {
      const stage: Stage = {
        base: page.url,
        application: all.application,
        form,
        done,
      };
      const places = what.places(all);
      fill(
        live,
        what.above?.(all),
        ...(places.length === 0
          ? [empty(text("none"), text("none.why"))]
          : places.map((place) =>
              placeCard(place, what.nothing(place), [beside?.(place, all), ...what.content(stage, place, all)]),
            )),
      );
    });
    polling = poll(async (signal) => {
      try {
        show(await getJson<A>(`${page.url}/api/json?depth=${what.depth}`, signal));
        fill(said);
      } catch (thrown) {
        if (signal.aborted) return;
        fill(said, problemNotice(thrown));
        throw thrown;
      }
    }, what.millis);
  });
}

function placeCard(place: Place, nothing: string, content: readonly Child[]): HTMLElement {
  const where = h("span", { class: "shera-muted shera-small" }, `${place.cluster} / ${place.namespace}`);
  const said = place.trouble !== "" ? remark("warning", place.trouble) : muted(nothing);
  return card(place.environment, [said, ...content], where);
}

function muted(said: string): Child {
  return said !== "" && h("p", { class: "shera-muted" }, said);
}

/** Shows a form above the environments. */
export function openForm(stage: Stage, title: string, form: Form): void {
  fill(stage.form, card(title, [form.element]));
  stage.form.scrollIntoView({ block: "nearest" });
  form.focus();
}

/** A button with a text. */
export function button(label: string, act: () => void, look = ""): HTMLElement {
  return h("button", { type: "button", class: `jenkins-button ${look}`, onclick: act }, label);
}

/** Lines that can be copied. */
export function lines(label: string, ...said: readonly string[]): HTMLElement {
  return h("pre", { class: "shera-code", tabindex: 0, "aria-label": label }, said.join("\n"));
}

/** Names and what they have. */
export function facts(rows: readonly (readonly [string, Child])[]): HTMLElement {
  return h("dl", { class: "shera-facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Rows of cells; on a narrow page each cell bears its head. */
export function table(label: string, heads: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const cell = (content: Child, index: number) => h("td", { "data-title": heads[index] }, h("div", {}, content));
  return h(
    "div",
    { class: "shera-table" },
    h(
      "div",
      { class: "shera-table__frame" },
      h(
        "table",
        { class: "jenkins-table", "aria-label": label },
        h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell)))),
      ),
    ),
  );
}
