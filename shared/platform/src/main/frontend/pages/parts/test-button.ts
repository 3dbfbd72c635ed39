import { byHandToggle, curlPost, fill, h, postJson, problemNotice, remark, text } from "@shera/kit";

/** A button that lets the server really connect, with the answer under it and the same call by hand. */
export function testButton(url: string): { controls: HTMLElement; answer: HTMLElement } {
  const address = `${url.replace(/\/$/, "")}/test`;
  const said = h("div", { "aria-live": "polite" });
  const byHand = byHandToggle(() => ({ curl: curlPost(address, {}) }));
  const button = h("button", { type: "button", class: "jenkins-button" }, text("connection.test"));
  button.addEventListener("click", () => {
    button.disabled = true;
    fill(said, h("span", { class: "shera-muted" }, text("connection.testing")));
    postJson<{ message: string }>(address, {})
      .then(
        ({ message }) => fill(said, remark("success", message)),
        (thrown: unknown) => fill(said, problemNotice(thrown)),
      )
      .finally(() => (button.disabled = false));
  });
  return {
    controls: h("div", { class: "shera-row" }, button, byHand.button),
    answer: h("div", { class: "shera-stack" }, byHand.panel, said),
  };
}
