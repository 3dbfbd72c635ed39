package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.health.Health;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One connection of the platform as its page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class HealthFacts {

    private final String kindTitle;
    private final Health health;

    HealthFacts(String kindTitle, Health health) {
        this.kindTitle = kindTitle;
        this.health = health;
    }

    @Exported
    public String getKind() {
        return health.kind();
    }

    @Exported
    public String getKindTitle() {
        return kindTitle;
    }

    @Exported
    public String getName() {
        return health.name();
    }

    /** Empty where it has none. */
    @Exported
    public String getAddress() {
        return health.address();
    }

    /** {@code unknown}, {@code up} or {@code down}. */
    @Exported
    public String getState() {
        return health.state().text();
    }

    @Exported
    public String getMessage() {
        return health.message();
    }

    /** When it came into this state; null before it was asked. */
    @Exported
    public String getSince() {
        return text(health.since());
    }

    /** When it was last asked, null before the first time. */
    @Exported
    public String getAskedAt() {
        return text(health.askedAt());
    }

    /** When its certificate runs out, null where it shows none. */
    @Exported
    public String getCertificateUntil() {
        return text(health.certificateUntil());
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
