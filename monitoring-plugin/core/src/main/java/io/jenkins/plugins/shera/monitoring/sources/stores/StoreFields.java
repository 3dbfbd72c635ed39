package io.jenkins.plugins.shera.monitoring.sources.stores;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a store names whose line it is; {@code message} and {@code time} are for stores of documents. */
public record StoreFields(String namespace, String pod, String container, String message, String time) {

    /** As Promtail and Grafana Alloy label lines. */
    public static final StoreFields LOKI = new StoreFields("namespace", "pod", "container", "", "");

    /** As Filebeat writes documents. */
    public static final StoreFields ELASTICSEARCH = new StoreFields(
            "kubernetes.namespace", "kubernetes.pod.name", "kubernetes.container.name", "message", "@timestamp");

    private static final String NAME = "[A-Za-z_@][A-Za-z0-9_.@-]{0,199}";

    /**
     * Reads {@code pod=kubernetes.pod_name.keyword message=log}; what is not named is as in {@code usual}.
     *
     * @throws IllegalArgumentException naming what cannot be
     */
    public static StoreFields read(String text, StoreFields usual) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("namespace", usual.namespace);
        all.put("pod", usual.pod);
        all.put("container", usual.container);
        all.put("message", usual.message);
        all.put("time", usual.time);
        for (String each : text.isBlank() ? new String[0] : text.strip().split("[\\s,]+")) {
            int sign = each.indexOf('=');
            String name = each.substring(0, Math.max(0, sign));
            String field = each.substring(sign + 1);
            if (all.getOrDefault(name, "").isEmpty() || !field.matches(NAME)) {
                throw new IllegalArgumentException("'" + each
                        + "' names no field of this store. Write it as pod=kubernetes.pod.name, for "
                        + String.join(
                                ", ",
                                all.keySet().stream()
                                        .filter(one -> !all.get(one).isEmpty())
                                        .toList()));
            }
            all.put(name, field);
        }
        return new StoreFields(
                all.get("namespace"), all.get("pod"), all.get("container"), all.get("message"), all.get("time"));
    }
}
