import { dnsLabel, text, type Field } from "@shera/kit";

/** The questions about a Kubernetes cluster. */
export function clusterFields(isNew: boolean): Field[] {
  return [
    {
      name: "id",
      label: text("cluster.id"),
      kind: "text",
      required: true,
      fixed: !isNew,
      rule: dnsLabel,
      placeholder: "prod-east",
    },
    {
      name: "server",
      label: text("cluster.server"),
      kind: "text",
      required: true,
      rule: httpsAddress,
      placeholder: "https://10.0.0.1:6443",
    },
    {
      name: "caCertificate",
      label: text("caCertificate"),
      help: text("caCertificate.help"),
      kind: "longtext",
      placeholder: "-----BEGIN CERTIFICATE-----",
    },
    { name: "credentialsId", label: text("credentialsId"), help: text("cluster.credentialsId.help"), kind: "text" },
    {
      name: "impersonation",
      label: text("cluster.impersonation"),
      help: text("cluster.impersonation.help"),
      kind: "switch",
    },
    { name: "insecure", label: text("cluster.insecure"), help: text("cluster.insecure.help"), kind: "switch" },
    {
      name: "debugImage",
      label: text("cluster.debugImage"),
      help: text("cluster.debugImage.help"),
      kind: "text",
      placeholder: "registry.example.com/debug-tools:1",
    },
    {
      name: "tenantAccess",
      label: text("cluster.tenantAccess"),
      help: text("cluster.tenantAccess.help"),
      kind: "rows",
      addLabel: text("cluster.tenantAccess.add"),
      fields: [
        { name: "tenant", label: text("applications.tenant"), kind: "text", required: true, rule: dnsLabel },
        { name: "credentialsId", label: text("credentialsId"), kind: "text", required: true },
      ],
    },
  ];
}

/** The questions about an image registry. */
export function registryFields(isNew: boolean): Field[] {
  return [
    {
      name: "id",
      label: text("registry.id"),
      kind: "text",
      required: true,
      fixed: !isNew,
      rule: dnsLabel,
      placeholder: "house",
    },
    {
      name: "address",
      label: text("registry.address"),
      help: text("registry.address.help"),
      kind: "text",
      required: true,
      placeholder: "registry.example.com:5000",
    },
    {
      name: "pullAddress",
      label: text("registry.pullAddress"),
      help: text("registry.pullAddress.help"),
      kind: "text",
      placeholder: "registry.internal:5000",
    },
    { name: "credentialsId", label: text("credentialsId"), kind: "text" },
    {
      name: "caCertificate",
      label: text("caCertificate"),
      help: text("caCertificate.help"),
      kind: "longtext",
      placeholder: "-----BEGIN CERTIFICATE-----",
    },
    { name: "insecure", label: text("registry.insecure"), help: text("registry.insecure.help"), kind: "switch" },
  ];
}

function httpsAddress(value: string): string | null {
  return /^https?:\/\/[^\s/]+/.test(value) ? null : text("rule.address");
}
