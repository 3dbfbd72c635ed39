import {
  card,
  curlPost,
  dnsLabel,
  Form,
  groovy,
  h,
  postJson,
  problemNotice,
  fill,
  remark,
  text,
  toast,
  type Field,
  type Warning,
} from "@shera/kit";
import type { Project, Projects, Written } from "./model";

const BUILDERS = ["daemonless", "docker", "buildah"];
const NUMBERS = ["gateTimeout", "timeout"];
const OUTCOMES = ["fail", "unstable", "continue"];

type Body = Record<string, unknown>;

/** The form of a project: the same questions for a new one and for one that is there. */
export function projectForm(
  base: string,
  all: Projects,
  project: Project | null,
  cancel: () => void,
  written: (name: string) => void,
): Form {
  const address = project === null ? `${base}/create` : `${project.url}/update`;
  const form: Form = new Form({
    label: project?.name ?? text("newProject"),
    fields: fields(all, project),
    values: valuesOf(project, all),
    verb: text(project === null ? "create" : "save"),
    send: async (said) => {
      const body = bodyOf(said);
      await postJson<Written>(address, body);
      toast(text("saved"));
      written(String(body["name"]));
    },
    check: async (said, signal) => {
      await postJson<Written>(`${address}?check=true`, bodyOf(said), signal);
      return [] as readonly Warning[];
    },
    cancel,
    byHand: (said) => ({ jenkinsfile: stepOf(bodyOf(said)), curl: curlPost(address, bodyOf(said)) }),
    aside: tests(
      base,
      () => bodyOf(form.body()),
      (artifact) => setArtifact(form, artifact),
    ),
  });
  return form;
}

function fields(all: Projects, project: Project | null): Field[] {
  const setting = (name: string, more: Partial<Field> = {}): Field => ({
    name: `settings.${name}`,
    label: text(`s.${name}`),
    kind: "text",
    ...more,
  });
  const trigger = (name: string, more: Partial<Field> = {}): Field => ({
    name: `triggers.${name}`,
    label: text(`t.${name}`),
    kind: "text",
    ...more,
  });
  const outcomes = OUTCOMES.map((value) => ({ value, label: text(`outcome.${value}`) }));
  const choices = (known: readonly string[]) => known.map((value) => ({ value, label: value }));
  const pairs = (name: string): Field =>
    setting(name, {
      kind: "rows",
      addLabel: text("add"),
      fields: [
        { name: "name", label: text("name"), kind: "text", required: true },
        { name: "value", label: text("value"), kind: "text" },
      ],
    });
  const what: Field[] = [
    setting("git", { placeholder: "https://git.example.com/shop.git" }),
    setting("branch", { placeholder: "main" }),
    setting("credentialsId"),
    setting("artifact", { help: text("s.artifact.help") }),
    setting("maven", { placeholder: "clean verify" }),
    setting("modules"),
    setting("javaHome"),
    setting("mavenSettings"),
    setting("projectKey", { help: text("s.projectKey.help") }),
    setting("server", { kind: "select", choices: choices(all.sonarServers) }),
    setting("qualityGate", { help: text("s.qualityGate.help"), placeholder: "Sonar way" }),
    setting("onGateFailure", { kind: "select", choices: outcomes }),
    setting("onUnavailable", { kind: "select", choices: outcomes }),
    setting("gateTimeout", { help: text("s.gateTimeout.help"), placeholder: "900" }),
    pairs("properties"),
    setting("image", { required: true, help: text("s.image.help"), placeholder: "shop/cart" }),
    setting("tags", { help: text("s.tags.help"), placeholder: "${version}-${build}" }),
    setting("registry", { kind: "select", choices: choices(all.registries) }),
    setting("dockerfile", { help: text("s.dockerfile.help") }),
    setting("dockerfileText", { kind: "longtext" }),
    setting("baseImage"),
    setting("context", { help: text("s.context.help"), placeholder: "." }),
    pairs("buildArgs"),
    setting("builder", { kind: "select", choices: choices(BUILDERS), help: text("s.builder.help") }),
    setting("target"),
    setting("platforms", { placeholder: "linux/amd64, linux/arm64" }),
    pairs("labels"),
    setting("debugTools", { help: text("s.debugTools.help"), placeholder: "busybox, jq" }),
    setting("sbom", { kind: "switch", help: text("s.sbom.help") }),
    setting("timeout", { help: text("s.timeout.help"), placeholder: "3600" }),
    { name: "agent", label: text("agent"), help: text("agent.help"), kind: "text" },
  ];
  return [
    {
      name: "name",
      label: text("name"),
      kind: "text",
      required: true,
      fixed: project !== null,
      rule: dnsLabel,
      placeholder: "cart",
    },
    ...(project?.byHand ? [] : what),
    trigger("cron", { help: text("t.cron.help"), placeholder: "H 2 * * 1-5" }),
    trigger("poll", { help: text("t.poll.help"), placeholder: "H/5 * * * *" }),
    trigger("upstream", { kind: "lines", help: text("t.upstream.help") }),
    trigger("webhookCredentialsId"),
  ];
}

function valuesOf(project: Project | null, all: Projects): unknown {
  if (project === null) {
    const only = (known: readonly string[]) => (known.length === 1 ? known[0] : "");
    return {
      settings: {
        registry: only(all.registries),
        server: only(all.sonarServers),
        maven: "verify",
        onGateFailure: "fail",
        onUnavailable: "fail",
        sbom: true,
      },
    };
  }
  const settings = Object.fromEntries(
    Object.entries(project.settings).map(([name, value]) => [name, isMap(value) ? rowsOf(value) : value]),
  );
  return { ...project, settings: { sbom: true, ...settings } };
}

function isMap(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rowsOf(map: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(map).map(([name, value]) => ({ name, value }));
}

/** What the form says, as the server takes it: empty texts are left out, and what the step does anyway. */
function bodyOf(said: Body): Body {
  const settings = said["settings"] as Body | undefined;
  if (settings === undefined) return said;
  const kept = Object.entries(settings).filter(
    ([name, value]) =>
      value !== "" && !(Array.isArray(value) && value.length === 0) && !(name === "sbom" && value === true),
  );
  return { ...said, settings: Object.fromEntries(kept) };
}

function stepOf(body: Body): string {
  const plain = (name: string, value: unknown): boolean =>
    typeof value === "boolean" || (NUMBERS.includes(name) && /^\d+$/.test(String(value)));
  const literal = (name: string, value: unknown): string =>
    Array.isArray(value)
      ? `[${value.map((pair: { name: string; value: string }) => `${groovy(pair.name)}: ${groovy(pair.value)}`).join(", ")}]`
      : plain(name, value)
        ? String(value)
        : groovy(String(value));
  const named = Object.entries((body["settings"] ?? {}) as Body).map(
    ([name, value]) => `${name}: ${literal(name, value)}`,
  );
  return `sheraBuild ${named.join(", ")}`;
}

function setArtifact(form: Form, artifact: string): void {
  const input = form.element.querySelector<HTMLInputElement>('input[name="settings.artifact"]');
  if (!input) return;
  input.value = artifact;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Buttons that ask git, SonarQube and the registry, and one that uploads. */
function tests(base: string, body: () => Body, uploaded: (artifact: string) => void): HTMLElement {
  const said = h("div", { "aria-live": "polite" });
  const tell = async (ask: () => Promise<string>) => {
    fill(said);
    try {
      fill(said, remark("success", await ask()));
    } catch (thrown) {
      fill(said, problemNotice(thrown));
    }
  };
  const test = (kind: string, label: string) =>
    h(
      "button",
      {
        type: "button",
        class: "jenkins-button",
        onclick: () =>
          void tell(async () => {
            const settings = (body()["settings"] ?? {}) as Record<string, string>;
            const question = {
              kind,
              git: settings["git"] ?? "",
              branch: settings["branch"] ?? "",
              credentialsId: settings["credentialsId"] ?? "",
              server: settings["server"] ?? "",
              registry: settings["registry"] ?? "",
            };
            return (await postJson<{ message: string }>(`${base}/test`, question)).message;
          }),
      },
      label,
    );
  const file = h("input", {
    type: "file",
    accept: ".jar,.war",
    class: "shera-offscreen",
    tabindex: -1,
    "aria-label": text("upload"),
  });
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) {
      void tell(async () => {
        uploaded(await upload(base, chosen));
        return text("uploaded");
      });
    }
  });
  const choose = h("button", { type: "button", class: "jenkins-button", onclick: () => file.click() }, text("upload"));
  return card(text("tests"), [
    h(
      "div",
      { class: "shera-stack" },
      test("git", text("testGit")),
      test("sonar", text("testSonar")),
      test("registry", text("testRegistry")),
      choose,
      file,
      said,
    ),
  ]);
}

async function upload(base: string, file: File): Promise<string> {
  const headers: Record<string, string> = { "Content-Type": "application/octet-stream" };
  const { crumbHeader, crumbValue } = document.head.dataset;
  if (crumbHeader && crumbValue) headers[crumbHeader] = crumbValue;
  const answer = await fetch(`${base}/upload?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers,
    body: file,
    credentials: "same-origin",
  });
  const body = (await answer.json()) as { artifact?: string; error?: string; why?: string; next?: string };
  if (body.artifact === undefined) throw new Error([body.error, body.why, body.next].filter(Boolean).join(" "));
  return body.artifact;
}
