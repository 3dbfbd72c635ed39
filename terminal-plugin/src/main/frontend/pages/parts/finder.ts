import { card, fill, getJson, h, problemNotice, progress, text } from "@shera/kit";
import type { Cast } from "./cast";
import { minutes } from "./player";

interface Hit {
  readonly at: number;
  readonly line: string;
}

interface Found {
  readonly hits: readonly Hit[];
  readonly next: number;
  readonly last: boolean;
}

const MOST_HITS = 200;

/** Looks for words in a recording and leaps to where they were shown. */
export class Finder {
  readonly element: HTMLElement;
  private readonly words = h("input", {
    class: "jenkins-input",
    type: "search",
    minlength: 2,
    maxlength: 200,
    autocomplete: "off",
    "aria-label": text("recording.find"),
    placeholder: text("recording.find"),
  });
  private readonly hits = h("div", { role: "status" });
  private turn = 0;

  constructor(
    private readonly cast: Cast,
    private readonly leap: (at: number) => void,
  ) {
    const form = h(
      "form",
      { class: "shera-terminal__bar" },
      this.words,
      h("button", { class: "jenkins-button" }, text("search.label")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find(this.words.value.trim());
    });
    this.element = card(text("recording.find.title"), [form, this.hits]);
  }

  focus(): void {
    this.words.focus();
  }

  private async find(words: string): Promise<void> {
    const turn = ++this.turn;
    if (words.length < 2) return;
    const hits: Hit[] = [];
    try {
      let from = 0;
      for (;;) {
        fill(this.hits, progress(text("recording.finding"), null));
        const found = await getJson<Found>(this.cast.address("find", { text: words, from: String(from) }));
        if (turn !== this.turn) return;
        hits.push(...found.hits);
        from = found.next;
        if (found.last || hits.length >= MOST_HITS) break;
      }
      this.show(hits);
    } catch (thrown) {
      if (turn === this.turn) fill(this.hits, problemNotice(thrown));
    }
  }

  private show(hits: readonly Hit[]): void {
    if (hits.length === 0) {
      fill(this.hits, h("p", { class: "shera-muted" }, text("recording.find.none")));
      return;
    }
    const rows = hits.slice(0, MOST_HITS).map((hit) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "jenkins-button jenkins-button--tertiary shera-terminal__hit",
            onclick: () => this.leap(hit.at),
          },
          h("span", { class: "shera-muted" }, minutes(hit.at)),
          h("code", {}, hit.line),
        ),
      ),
    );
    fill(
      this.hits,
      h("ol", { class: "shera-terminal__hits" }, ...rows),
      hits.length >= MOST_HITS && h("p", { class: "shera-muted" }, text("recording.find.more", MOST_HITS)),
    );
  }
}
