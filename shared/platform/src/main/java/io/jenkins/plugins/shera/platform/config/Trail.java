package io.jenkins.plugins.shera.platform.config;

import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.util.function.Function;

/** Writes every change of a store to the audit trail, whichever way it came. */
final class Trail {

    private Trail() {}

    /** {@code kind} is the first word of the line's verb; {@code tenant} tells whose thing it is. */
    static <T> Store.Witness<T> of(String kind, Function<T, String> tenant) {
        return (key, before, after) -> {
            String verb = before == null ? "create" : after == null ? "remove" : "update";
            AuditLine.of(kind + "." + verb, key)
                    .tenant(tenant.apply(after == null ? before : after))
                    .before(Snapshot.of(before))
                    .after(Snapshot.of(after))
                    .done();
        };
    }
}
