import { dnsLabel, kubernetesQuantity, text, type Field } from "@shera/kit";

/** The questions about a tenant; its id is asked once. */
export function tenantFields(
  isNew: boolean,
  clusters: readonly string[] | null,
  registries: readonly string[] | null,
): Field[] {
  const quota = (name: string, placeholder: string): Field => ({
    name: `quota.${name}`,
    label: text(`quota.${name}`),
    kind: "text",
    placeholder,
    rule: kubernetesQuantity,
  });
  return [
    {
      name: "id",
      label: text("tenant.id"),
      help: text("tenant.id.help"),
      kind: "text",
      required: true,
      fixed: !isNew,
      rule: dnsLabel,
      placeholder: "payments",
    },
    { name: "displayName", label: text("tenant.displayName"), kind: "text" },
    { name: "displayNameZh", label: text("tenant.displayNameZh"), kind: "text" },
    {
      name: "folder",
      label: text("tenant.folder"),
      help: text("tenant.folder.help"),
      kind: "text",
      required: true,
      placeholder: "teams/payments",
    },
    named("clusters", clusters),
    named("registries", registries),
    {
      name: "namespaces",
      label: text("tenant.namespaces"),
      help: text("tenant.namespaces.help"),
      kind: "rows",
      addLabel: text("tenant.namespaces.add"),
      fields: [
        { ...oneOf("cluster", text("environment.cluster"), clusters), required: true },
        { name: "namespace", label: text("environment.namespace"), kind: "text", required: true, rule: dnsLabel },
      ],
    },
    {
      name: "freezes",
      label: text("tenant.freezes"),
      help: text("tenant.freezes.help"),
      kind: "rows",
      addLabel: text("tenant.freezes.add"),
      fields: [
        { name: "name", label: text("freeze.name"), kind: "text", required: true },
        { name: "days", label: text("freeze.days"), kind: "text", placeholder: "MON-FRI" },
        { name: "from", label: text("freeze.from"), kind: "text", placeholder: "09:15" },
        { name: "to", label: text("freeze.to"), kind: "text", placeholder: "15:15" },
        { name: "zone", label: text("freeze.zone"), kind: "text", placeholder: "Asia/Shanghai" },
        { name: "dates", label: text("freeze.dates"), kind: "lines", placeholder: "2026-10-01..2026-10-07" },
        { name: "environments", label: text("freeze.environments"), kind: "text", placeholder: "prod" },
      ],
    },
    quota("cpu", "16"),
    quota("memory", "64Gi"),
    quota("pods", "100"),
    quota("storage", "500Gi"),
    {
      name: "storageClasses",
      label: text("tenant.storageClasses"),
      help: text("tenant.storageClasses.help"),
      kind: "lines",
      placeholder: "ceph-rbd",
    },
    {
      name: "grantedJobs",
      label: text("tenant.grantedJobs"),
      help: text("tenant.grantedJobs.help"),
      kind: "lines",
      placeholder: "ops/nightly",
    },
  ];
}

/** A choice of known names, or a free text when the reader may not see what there is. */
export function oneOf(name: string, label: string, known: readonly string[] | null): Field {
  if (known === null) return { name, label, kind: "text" };
  return { name, label, kind: "select", choices: known.map((value) => ({ value, label: value })) };
}

function named(name: "clusters" | "registries", known: readonly string[] | null): Field {
  const label = text(`tenant.${name}`);
  if (known === null) return { name, label, help: text("field.onePerLine"), kind: "lines" };
  return { name, label, kind: "boxes", choices: known.map((value) => ({ value, label: value })) };
}
