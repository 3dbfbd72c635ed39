import { keepingPlace, whenStill } from "./calm";
import { fill, h, type Child } from "./dom";
import { searchIcon } from "./icons";
import { whenChanged } from "./memo";
import { matches, ordered, type SortValue } from "./order";
import { counted, text } from "./texts";

/** A column; it sorts when it has a value. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Child;
  readonly value?: (row: T) => SortValue;
  readonly kind?: "number" | "tight";
}

/** A button above the table that keeps some rows. */
export interface Filter<T> {
  readonly label: string;
  readonly keeps: (row: T) => boolean;
}

/** What a table is made of. */
export interface TableSettings<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly key: (row: T) => string;
  /** All a reader may search by; no search field without it. */
  readonly searchText?: (row: T) => string;
  readonly searchHint?: string;
  readonly filters?: readonly Filter<T>[];
  /** Sorted by this column at first (index), else in the order given. */
  readonly sortedBy?: number;
  readonly descending?: boolean;
  readonly whenEmpty: () => HTMLElement;
}

/** A row as it was drawn last. */
interface Kept {
  readonly said: string;
  readonly element: HTMLElement;
}

/** A table that sorts, searches and filters in the page; redrawing keeps the reader's place. */
export class Table<T> {
  readonly element = h("div", { class: "shera-table" });
  private rows: readonly T[] | null = null;
  private query = "";
  private filter: Filter<T> | null = null;
  private sortedBy: number | null;
  private descending: boolean;
  private readonly head = h("tr", {});
  private readonly body = h("tbody", {});
  private readonly count = h("span", { class: "shera-table__count", role: "status" });
  private readonly frame: HTMLElement;
  private kept = new Map<string, Kept>();

  constructor(private readonly settings: TableSettings<T>) {
    this.sortedBy = settings.sortedBy ?? null;
    this.descending = settings.descending ?? false;
    const table = h(
      "table",
      { class: "jenkins-table", "aria-label": settings.label },
      h("thead", {}, this.head),
      this.body,
    );
    this.frame = h("div", { class: "shera-table__frame" }, table);
    fill(this.element, this.toolbar(), this.frame);
    this.body.addEventListener("keydown", (event) => this.walk(event));
    this.drawHead();
    this.drawWaiting();
  }

  /**
   * Shows these rows; the first call ends the waiting state, and rows as before stay what they are. While the reader presses something it
   * waits for the release.
   */
  readonly show = whenChanged<readonly T[]>((rows) =>
    whenStill(this.frame, () => {
      this.rows = rows;
      this.draw();
    }),
  );

  private toolbar(): HTMLElement | null {
    const { searchText, filters } = this.settings;
    if (!searchText && !filters) return null;
    return h(
      "div",
      { class: "shera-row shera-table__tools" },
      searchText && this.searchField(),
      filters && this.filterBar(filters),
      this.count,
    );
  }

  private searchField(): HTMLElement {
    const hint = this.settings.searchHint ?? text("kit.table.search");
    const input = h("input", {
      class: "jenkins-input jenkins-search__input",
      type: "search",
      placeholder: hint,
      "aria-label": hint,
      autocomplete: "off",
    });
    input.addEventListener("input", () => {
      this.query = input.value.trim();
      this.draw();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target) || !input.isConnected) return;
      event.preventDefault();
      input.focus();
    });
    return h(
      "div",
      { class: "jenkins-search shera-search" },
      h("div", { class: "jenkins-search__icon" }, searchIcon()),
      input,
    );
  }

  private filterBar(filters: readonly Filter<T>[]): HTMLElement {
    const choose = (filter: Filter<T> | null) => {
      this.filter = filter;
      buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(choices[index] === filter)));
      this.draw();
    };
    const choices: (Filter<T> | null)[] = [null, ...filters];
    const buttons = choices.map((filter) =>
      h(
        "button",
        { type: "button", class: "shera-chip", "aria-pressed": String(filter === null), onclick: () => choose(filter) },
        filter?.label ?? text("kit.table.all"),
      ),
    );
    return h("div", { class: "shera-chips", role: "group", "aria-label": text("kit.table.filter") }, ...buttons);
  }

  private drawHead(): void {
    const cells = this.settings.columns.map((column, index) => {
      const sort = this.sortedBy === index ? (this.descending ? "descending" : "ascending") : undefined;
      const name = column.value
        ? h("button", { type: "button", class: "shera-sort", onclick: () => this.sortBy(index) }, column.title)
        : column.title;
      return h("th", { scope: "col", "aria-sort": sort, class: cellClass(column) }, name);
    });
    fill(this.head, ...cells);
  }

  private sortBy(index: number): void {
    this.descending = this.sortedBy === index ? !this.descending : false;
    this.sortedBy = index;
    this.drawHead();
    this.head.querySelectorAll<HTMLElement>("th").item(index).querySelector("button")?.focus();
    this.draw();
  }

  private drawWaiting(): void {
    const cell = () => h("td", {}, h("div", { class: "shera-skeleton" }));
    const row = () => h("tr", {}, ...this.settings.columns.map(cell));
    fill(this.body, row(), row(), row());
    this.body.setAttribute("aria-busy", "true");
  }

  private draw(): void {
    if (!this.rows) return;
    this.body.removeAttribute("aria-busy");
    const { columns, key, searchText, whenEmpty } = this.settings;
    this.element.classList.toggle("shera-table--empty", this.rows.length === 0);
    if (this.rows.length === 0) {
      fill(this.frame, whenEmpty());
      fill(this.count);
      return;
    }
    if (!this.frame.contains(this.body)) fill(this.frame, this.body.closest("table"));
    const column = this.sortedBy === null ? undefined : columns[this.sortedBy];
    let shown = this.rows.filter((row) => this.filter?.keeps(row) ?? true);
    if (searchText && this.query) shown = shown.filter((row) => matches(searchText(row), this.query));
    if (column?.value) shown = ordered(shown, column.value, this.descending);
    const before = this.kept;
    this.kept = new Map();
    const drawn = shown.map((row) => this.row(row, key(row), before));
    const place = document.activeElement?.closest<HTMLElement>("tr[data-key]") ?? this.body;
    keepingPlace(this.body.contains(place) ? place : this.body, () => {
      this.lay(drawn.length > 0 ? drawn : [this.nothingFound()]);
      return this.kept.get(place.dataset["key"] ?? "")?.element ?? this.body;
    });
    fill(
      this.count,
      shown.length === this.rows.length
        ? counted("kit.table.rows", shown.length)
        : text("kit.table.some", shown.length, this.rows.length),
    );
  }

  /** Only what comes, goes or moves is touched, so that focus and selection stay in all others. */
  private lay(rows: readonly HTMLElement[]): void {
    const wanted = new Set<Element>(rows);
    for (const old of [...this.body.children]) if (!wanted.has(old)) old.remove();
    let at = this.body.firstElementChild;
    for (const row of rows) {
      if (row === at) at = at.nextElementSibling;
      else this.body.insertBefore(row, at);
    }
  }

  /** The element of before where it says the same. */
  private row(row: T, key: string, before: Map<string, Kept>): HTMLElement {
    const said = JSON.stringify(row);
    const old = before.get(key);
    before.delete(key);
    const element = old?.said === said ? old.element : this.drawnRow(row, key);
    this.kept.set(key, { said, element });
    return element;
  }

  private drawnRow(row: T, key: string): HTMLElement {
    const cells = this.settings.columns.map((column) =>
      h("td", { class: cellClass(column), "data-title": column.title }, column.cell(row)),
    );
    return h("tr", { "data-key": key }, ...cells);
  }

  private nothingFound(): HTMLElement {
    return h(
      "tr",
      {},
      h("td", { colspan: this.settings.columns.length, class: "shera-table__nothing" }, text("kit.table.nothing")),
    );
  }

  private walk(event: KeyboardEvent): void {
    const row = (event.target as Element).closest("tr");
    const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
    const link = next?.querySelector<HTMLElement>("a, button");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}

function cellClass(column: Column<never>): string | undefined {
  return column.kind && `shera-cell--${column.kind}`;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
