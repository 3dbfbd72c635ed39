import { fill, h, keepingPlace, whenFree, whenStill } from "@shera/kit";

/** A card of a page that is read again and again. */
export interface Part {
  readonly name: string;
  /** All it is drawn from; while that is the same, the card stays what it is. */
  readonly from: unknown;
  /** Makes it; what it is given reads the page again and draws this card anew, whatever the reader has open in it. */
  readonly draw: (again: () => Promise<void>) => HTMLElement;
}

/** What a card does when the page is read again, if it reads more by itself. */
export function whenAgain(card: HTMLElement, read: () => void): HTMLElement {
  card.addEventListener("again", read);
  return card;
}

/** Fills an element that moves what stands below it; waits while the reader presses something, or is busy in it. */
export function fillCalmly(element: HTMLElement, ...children: readonly (HTMLElement | false)[]): void {
  whenFree(element, () =>
    keepingPlace(element, () => {
      fill(element, ...children);
      return element;
    }),
  );
}

/** Cards that are drawn anew one by one: only those whose data changed, and none from under the reader's hands. */
export class Board {
  readonly element = h("div", { class: "shera-stack" });
  private readonly shown = new Map<string, { readonly from: string; readonly card: HTMLElement }>();

  constructor(private readonly again: (own: string) => Promise<void>) {}

  /** Shows these; `own` is the card whose reader changed something with it, so that it is through with what it had open. */
  show(parts: readonly Part[], own = ""): void {
    for (const [name, one] of [...this.shown]) {
      if (parts.some((part) => part.name === name)) continue;
      this.shown.delete(name);
      one.card.remove();
    }
    let before: Element | null = null;
    for (const part of parts) {
      this.put(part, before, own);
      before = this.shown.get(part.name)?.card ?? before;
    }
  }

  private put(part: Part, before: Element | null, own: string): void {
    const from = JSON.stringify(part.from);
    const draw = () => part.draw(() => this.again(part.name));
    const old = this.shown.get(part.name);
    if (old === undefined) {
      const card = draw();
      if (before === null) this.element.prepend(card);
      else before.after(card);
      this.shown.set(part.name, { from, card });
      return;
    }
    if (old.from === from && own !== part.name) {
      old.card.dispatchEvent(new Event("again"));
      return;
    }
    const wait = own === part.name ? whenStill : whenFree;
    wait(old.card, () =>
      keepingPlace(old.card, () => {
        const card = draw();
        old.card.replaceWith(card);
        this.shown.set(part.name, { from, card });
        return card;
      }),
    );
  }
}
