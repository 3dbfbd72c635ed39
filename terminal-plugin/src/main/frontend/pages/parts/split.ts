import { freshId, h, text } from "@shera/kit";
import { within } from "./tabs";

const STEP = 5;
const NARROW = "(max-width: 900px)";

/** Two halves beside each other, or one above the other where it is narrow, with a divider that is moved by pointer and by keys. */
export class Split {
  readonly halves = [half(), half()] as const;
  readonly element: HTMLElement;
  private readonly divider: HTMLElement;
  private readonly narrow = matchMedia(NARROW);
  private portion = 50;

  constructor() {
    const [first, second] = this.halves;
    first.id = freshId("half");
    this.divider = h("div", {
      class: "shera-terminal__divider",
      role: "separator",
      tabindex: 0,
      "aria-label": text("split.size"),
      "aria-controls": first.id,
      "aria-valuemin": within(0),
      "aria-valuemax": within(100),
    });
    this.element = h("div", { class: "shera-terminal__split" }, first, this.divider, second);
    this.divider.addEventListener("keydown", (event) => this.key(event));
    this.divider.addEventListener("dblclick", () => (this.share = 50));
    this.divider.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.divider.focus();
      this.divider.setPointerCapture(event.pointerId);
    });
    this.divider.addEventListener("pointermove", (event) => {
      if (this.divider.hasPointerCapture(event.pointerId)) this.drag(event);
    });
    this.narrow.addEventListener("change", () => this.turn());
    this.turn();
    this.share = this.portion;
    this.show(false);
  }

  /** How much the first half has, in percent. */
  get share(): number {
    return this.portion;
  }

  set share(wanted: number) {
    this.portion = within(wanted);
    this.divider.setAttribute("aria-valuenow", String(this.portion));
    this.halves[0].style.flexGrow = String(this.portion);
    this.halves[1].style.flexGrow = String(100 - this.portion);
  }

  /** Shows both halves or the first alone. */
  show(both: boolean): void {
    this.divider.hidden = !both;
    this.halves[1].hidden = !both;
  }

  private turn(): void {
    this.element.classList.toggle("shera-terminal__split--above", this.narrow.matches);
    this.divider.setAttribute("aria-orientation", this.narrow.matches ? "horizontal" : "vertical");
  }

  private drag({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    this.share = (this.narrow.matches ? (clientY - top) / height : (clientX - left) / width) * 100;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [less, more] = this.narrow.matches ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    if (event.key === less) this.share -= STEP;
    else if (event.key === more) this.share += STEP;
    else if (event.key === "Home") this.share = 0;
    else if (event.key === "End") this.share = 100;
    else return;
    event.preventDefault();
  }
}

function half(): HTMLElement {
  return h("div", { class: "shera-terminal__half" });
}
