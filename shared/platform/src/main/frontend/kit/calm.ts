/** How long a pointer that moves over a control is taken to aim at it. */
const AIM_MILLIS = 400;
const CONTROLS = "a, button, summary, input, select, textarea, label, [role=button]";
const TYPED = "input, select, textarea, [contenteditable]";

/** A drawing that waits, and what it must not be taken from. */
interface Waiting {
  readonly draw: () => void;
  readonly used: boolean;
}

const waiting = new Map<Element, Waiting>();
let pressed = false;
let aimedAt = -Infinity;
let timer: ReturnType<typeof setTimeout> | undefined;
let listens = false;

/**
 * Draws as soon as nobody presses a button of the page or aims at one, and no dialog is open over it: what moves or is replaced then takes
 * a click from the reader. Of several drawings of one element only the last is done.
 */
export function whenStill(element: Element, draw: () => void): void {
  put(element, { draw, used: false });
}

/** The same, and not while the reader types or chooses in that element, has a form open in it or text of it selected. */
export function whenFree(element: Element, draw: () => void): void {
  put(element, { draw, used: true });
}

/** Draws an element anew, and leaves focus and what was folded open where they were, as far as there is the like of them. */
export function keepingPlace(before: Element, draw: () => Element): void {
  const focused = document.activeElement;
  const held = focused !== null && before.contains(focused) ? nameOf(focused) : "";
  const same = held === "" ? [] : alike(before, focused?.tagName ?? "", held);
  const turn = focused === null ? -1 : same.indexOf(focused);
  const folds = new Map([...before.querySelectorAll("details")].map((fold) => [foldName(fold), fold.open]));
  const after = draw();
  for (const fold of after.querySelectorAll("details")) fold.open = folds.get(foldName(fold)) ?? fold.open;
  if (turn < 0 || focused?.isConnected) return;
  const again = alike(after, focused?.tagName ?? "", held)[turn];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

function put(element: Element, one: Waiting): void {
  listen();
  waiting.delete(element);
  if (element.isConnected && isTaken(element, one)) {
    waiting.set(element, one);
    plan();
  } else {
    one.draw();
  }
}

function isTaken(element: Element, one: Waiting): boolean {
  if (pressed || performance.now() - aimedAt < AIM_MILLIS) return true;
  const over = [...document.querySelectorAll("dialog[open]")].some((dialog) => !dialog.contains(element));
  return over || (one.used && isUsed(element));
}

function isUsed(element: Element): boolean {
  const focused = document.activeElement;
  if (focused !== null && element.contains(focused) && focused.matches(TYPED)) return true;
  if (element.querySelector("form, [data-draft]") !== null) return true;
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true);
}

/** Does what may be done now. */
function flush(): void {
  for (const [element, one] of [...waiting]) {
    if (element.isConnected && isTaken(element, one)) continue;
    waiting.delete(element);
    // What is gone meanwhile has nothing to be drawn in.
    if (element.isConnected) one.draw();
  }
  if (waiting.size > 0) plan();
}

/** Looks again: forms are closed and pointers rest without any event of their own. */
function plan(): void {
  clearTimeout(timer);
  timer = setTimeout(flush, AIM_MILLIS / 2);
}

function listen(): void {
  if (listens) return;
  listens = true;
  const begin = (event: Event) => {
    if (!(event instanceof KeyboardEvent)) pressed = true;
    else if (event.key === " " || event.key === "Enter") pressed = isControl(event.target);
  };
  // The click comes after the release: let it come first.
  const end = () => {
    pressed = false;
    setTimeout(flush);
  };
  const moved = (event: Event) => {
    if (isControl(event.target)) aimedAt = performance.now();
    // Released outside of the window.
    if (pressed && event instanceof PointerEvent && event.pointerType === "mouse" && event.buttons === 0) end();
  };
  const on = (names: readonly string[], act: (event: Event) => void) => {
    for (const name of names) document.addEventListener(name, act, { capture: true, passive: true });
  };
  on(["pointerdown", "keydown"], begin);
  on(["pointerup", "pointercancel", "keyup"], end);
  on(["pointermove"], moved);
  on(["focusout", "close"], () => setTimeout(flush));
  addEventListener("blur", end);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(CONTROLS) !== null;
}

function foldName(fold: HTMLDetailsElement): string {
  return fold.querySelector("summary")?.textContent ?? "";
}

function nameOf(element: Element): string {
  return element.id || element.getAttribute("aria-label") || element.getAttribute("name") || element.textContent || "";
}

function alike(within: Element, tag: string, name: string): Element[] {
  return tag === "" ? [] : [...within.querySelectorAll(tag)].filter((one) => nameOf(one) === name);
}
