import { copyButton, fill, h, postJson, problemNotice, text, whenChanged } from "@shera/kit";

/** Lets others watch own sessions by a link, and shows the links. */
export class Sharing {
  readonly element = h("div", {});
  private readonly said = h("div", {});
  private readonly links = h("div", {});

  constructor(
    private readonly url: string,
    private readonly changed: () => Promise<void>,
  ) {
    fill(this.element, this.said, this.links);
  }

  begin(session: string): Promise<void> {
    return this.send("share", session);
  }

  end(session: string): Promise<void> {
    return this.send("unshare", session);
  }

  /** Shows the links of own sessions that are shared, by their words. */
  readonly show = whenChanged<readonly string[]>((words) => {
    const rows = words.map((word) => {
      const address = new URL(`${this.url}/?watch=${encodeURIComponent(word)}`, location.href).href;
      return h(
        "div",
        { class: "shera-row" },
        h("code", { class: "shera-terminal__link" }, address),
        copyButton(() => address),
      );
    });
    fill(this.links, words.length > 0 && h("p", {}, text("share.link")), ...rows);
  });

  private async send(verb: string, session: string): Promise<void> {
    try {
      await postJson(`${this.url}/${verb}`, { session });
      fill(this.said);
      await this.changed();
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }
}
