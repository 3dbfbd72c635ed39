import { groovy } from "@shera/kit";
import type { PodPart, Running } from "./order";

/** Parameters that are numbers or switches; all others are texts, even where they look like numbers. */
const NUMBERS = [
  "port",
  "replicas",
  "minReadySeconds",
  "timeout",
  "group",
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "failureThreshold",
  "successThreshold",
  "graceSeconds",
  "sleepSeconds",
  "seconds",
  "maxSkew",
];
const SWITCHES = ["readOnly", "keep", "required"];

function named(values: object): string {
  return Object.entries(values)
    .map(([name, said]) => {
      const plain = (NUMBERS.includes(name) && /^\d+$/.test(String(said))) || SWITCHES.includes(name);
      return `${name}: ${plain ? String(said) : groovy(String(said))}`;
    })
    .join(", ");
}

function map(values: object): string {
  const entries = Object.entries(values).map(
    ([name, said]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : groovy(name)}: ${groovy(String(said))}`,
  );
  return `[${entries.join(", ")}]`;
}

function part({ type, with: values }: PodPart): string {
  return type === "serviceAccount" ? `serviceAccount(${groovy(values["name"] ?? "")})` : `${type}(${named(values)})`;
}

/** The credentials of secrets that are kept, by what they become; undefined where one is not known. */
function keptCredentials(running: Running, kept: readonly string[]): Record<string, string> | undefined {
  const ids: Record<string, string> = {};
  for (const secret of running.secrets) {
    if (!secret.keeps.some((each) => kept.includes(each))) continue;
    if (secret.credential === "") return undefined;
    ids[secret.target] = secret.credential;
  }
  return ids;
}

/** The line of a Jenkinsfile that deploys what the order says; undefined where it keeps what no line could name. */
export function jenkinsfile(
  application: string,
  running: Running,
  order: Readonly<Record<string, unknown>>,
): string | undefined {
  const kept = keptCredentials(running, (order["keepSecrets"] ?? []) as readonly string[]);
  if (kept === undefined) return undefined;
  const all = Object.entries(kept);
  const variables = Object.fromEntries(all.filter(([target]) => !target.startsWith("/")));
  const files = Object.fromEntries(all.filter(([target]) => target.startsWith("/")));
  const maps: Readonly<Record<string, object>> = {
    env: order["env"] as object,
    configFiles: order["configFiles"] as object,
    secrets: { ...variables, ...(order["secrets"] as object) },
    secretFiles: { ...files, ...(order["secretFiles"] as object) },
    bind: order["bind"] as object,
    ports: order["ports"] as object,
  };
  const plain: Record<string, unknown> = { application, environment: order["environment"] };
  for (const [name, said] of Object.entries(order))
    if (typeof said === "string" || typeof said === "number") plain[name] = said;
  const said = [named(plain)];
  for (const [name, values] of Object.entries(maps))
    if (Object.keys(values ?? {}).length > 0) said.push(`${name}: ${map(values)}`);
  const volumes = (order["volumes"] ?? []) as readonly object[];
  if (volumes.length > 0) said.push(`volumes: [${volumes.map((each) => `volume(${named(each)})`).join(", ")}]`);
  const pod = (order["pod"] ?? []) as readonly PodPart[];
  if (pod.length > 0) said.push(`pod: [${pod.map(part).join(", ")}]`);
  for (const { name, item } of running.additions ?? []) {
    const settings = order[name] as readonly object[] | undefined;
    if (settings) said.push(`${name}: [${settings.map((each) => `${item}(${texts(each)})`).join(", ")}]`);
  }
  return `deployApplication(${said.join(", ")})`;
}

/** Settings of other plugins are texts and switches. */
function texts(values: object): string {
  return Object.entries(values)
    .map(([name, said]) => `${name}: ${typeof said === "boolean" ? said : groovy(String(said))}`)
    .join(", ");
}
