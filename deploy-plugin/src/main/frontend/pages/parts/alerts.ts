import { fill, getJson, h, pill, poll, text, when, type ApplicationHead, type Child } from "@shera/kit";

/** An alert as the tab Alerts tells of it; see docs/monitoring.md. */
export interface Alert {
  readonly environment: string;
  readonly severity: string;
  readonly pod: string;
  readonly state: string;
  readonly silenced: boolean;
  readonly since: string;
  readonly summary: string;
  readonly acknowledged?: { readonly by: string };
}

const ASK_MILLIS = 15_000;
const TAB = "alerts";

/** What fires in an environment and nobody silenced, the critical first. */
export function firing(alerts: readonly Alert[], environment: string): Alert[] {
  const rank = (alert: Alert) => (alert.severity === "critical" ? 0 : 1);
  return alerts
    .filter((alert) => alert.environment === environment && alert.state === "firing" && !alert.silenced)
    .sort((one, other) => rank(one) - rank(other) || one.since.localeCompare(other.since));
}

/** The alerts of an application beside its rollouts; shows nothing where no plugin watches, or the caller may not look. */
export class FiringAlerts {
  private readonly places = new Map<string, HTMLElement>();
  private readonly url: string;
  private alerts: readonly Alert[] = [];
  private why = "";

  constructor(
    head: ApplicationHead,
    private readonly application: () => string,
  ) {
    this.url = head.tabs.find(({ id }) => id === TAB)?.url ?? "";
    if (this.url === "") return;
    poll(async (signal) => {
      try {
        const read = await getJson<{ alerts: readonly Alert[]; unreachable: readonly string[] }>(
          `${this.url}/active`,
          signal,
        );
        this.alerts = read.alerts;
        this.why = read.unreachable.length > 0 ? text("alerts.unreachable", read.unreachable.join(", ")) : "";
      } catch (thrown) {
        if (signal.aborted) return;
        this.why = text("alerts.unread");
        throw thrown;
      } finally {
        this.places.forEach((place, environment) => this.show(place, environment));
      }
    }, ASK_MILLIS);
  }

  /** Where the alerts of that environment are, and stay up to date. */
  in(environment: string): HTMLElement | false {
    if (this.url === "") return false;
    const place = h("div", { class: "shera-rollout__alerts" });
    this.places.set(environment, place);
    this.show(place, environment);
    return place;
  }

  private show(place: HTMLElement, environment: string): void {
    const lines = firing(this.alerts, environment).map((alert) => h("li", {}, ...this.line(alert)));
    fill(
      place,
      this.why !== "" && h("p", { class: "shera-muted shera-small" }, this.why),
      lines.length > 0 && h("ul", { "aria-label": text("alerts.label", environment) }, ...lines),
    );
  }

  private line(alert: Alert): Child[] {
    const critical = alert.severity === "critical";
    const ofCanary = alert.pod.startsWith(`${this.application()}-canary-`);
    return [
      pill(critical ? "bad" : "warn", text(critical ? "alerts.critical" : "alerts.warning")),
      ofCanary && pill("info", text("canary")),
      h("a", { href: `${this.url}/` }, alert.summary),
      h("span", { class: "shera-muted shera-small" }, alert.pod, " ", when(alert.since)),
      alert.acknowledged !== undefined &&
        h("span", { class: "shera-muted shera-small" }, text("alerts.acknowledged", alert.acknowledged.by)),
    ];
  }
}
