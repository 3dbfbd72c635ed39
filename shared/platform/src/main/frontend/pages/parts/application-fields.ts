import { dnsLabel, text, type Field } from "@shera/kit";
import type { Environment } from "./model";
import { oneOf } from "./tenant-fields";

/** The questions about an application; its name is asked once. */
export function applicationFields(isNew: boolean, clusters: readonly string[]): Field[] {
  return [
    {
      name: "name",
      label: text("application.name"),
      help: text("application.name.help"),
      kind: "text",
      required: true,
      fixed: !isNew,
      rule: dnsLabel,
      placeholder: "checkout",
    },
    { name: "displayName", label: text("application.displayName"), kind: "text" },
    { name: "description", label: text("application.description"), kind: "text" },
    {
      name: "repository",
      label: text("application.repository"),
      help: text("application.repository.help"),
      kind: "text",
      placeholder: "https://git.example.com/pay/checkout.git",
    },
    {
      name: "environments",
      label: text("application.environments"),
      help: text("application.environments.help"),
      kind: "rows",
      addLabel: text("application.environments.add"),
      fields: [
        {
          name: "name",
          label: text("environment.name"),
          kind: "text",
          required: true,
          rule: dnsLabel,
          placeholder: "prod",
        },
        { ...oneOf("cluster", text("environment.cluster"), clusters), required: true },
        { name: "namespace", label: text("environment.namespace"), kind: "text", required: true, rule: dnsLabel },
        {
          name: "policy.podSecurity",
          label: text("environment.podSecurity"),
          kind: "select",
          required: true,
          choices: ["baseline", "restricted", "privileged"].map((value) => ({ value, label: value })),
        },
        {
          name: "policy.images",
          label: text("environment.images"),
          help: text("environment.images.help"),
          kind: "select",
          required: true,
          choices: ["any", "built", "passed"].map((value) => ({ value, label: text(`environment.images.${value}`) })),
        },
        { name: "policy.warnOnly", label: text("environment.warnOnly"), kind: "switch" },
        { name: "policy.requirePromote", label: text("environment.requirePromote"), kind: "switch" },
        { name: "policy.requireApproval", label: text("environment.requireApproval"), kind: "switch" },
        { name: "policy.terminal.builds", label: text("environment.terminal.builds"), kind: "switch" },
        { name: "policy.terminal.record", label: text("environment.terminal.record"), kind: "switch" },
        { name: "policy.terminal.requireReason", label: text("environment.terminal.requireReason"), kind: "switch" },
        {
          name: "policy.terminal.requireApproval",
          label: text("environment.terminal.requireApproval"),
          kind: "switch",
        },
        {
          name: "policy.terminal.containers",
          label: text("environment.terminal.containers"),
          help: text("environment.terminal.containers.help"),
          kind: "lines",
          placeholder: "shop",
        },
        {
          name: "values",
          label: text("environment.values"),
          help: text("environment.values.help"),
          kind: "lines",
          placeholder: "LOG_LEVEL=info",
        },
      ],
    },
  ];
}

/** Environments as the form shows them: values as lines `NAME=value`. */
export function environmentsForForm(environments: readonly Environment[]): unknown[] {
  return environments.map(({ name, cluster, namespace, policy, values }) => ({
    name,
    cluster,
    namespace,
    policy,
    values: values.map((one) => `${one.name}=${one.value}`),
  }));
}

/** The body a form means: lines `NAME=value` as the list the server takes. */
export function environmentsForServer(body: Record<string, unknown>): Record<string, unknown> {
  const environments = (body["environments"] ?? []) as Record<string, unknown>[];
  return {
    ...body,
    environments: environments.map((environment) => ({
      ...environment,
      values: Object.fromEntries((environment["values"] as string[]).map(nameAndValue)),
    })),
  };
}

function nameAndValue(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
