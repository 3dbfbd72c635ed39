package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.freeze.FreezeWindow;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A freeze of a tenant as reads give it, and whether it holds now. */
@ExportedBean(defaultVisibility = 999)
public final class FreezeFacts {
    private final Freeze freeze;

    FreezeFacts(Freeze freeze) {
        this.freeze = freeze;
    }

    @Exported
    public String getName() {
        return freeze.getName();
    }

    @Exported
    public String getDays() {
        return freeze.getDays();
    }

    @Exported
    public List<String> getDates() {
        return freeze.getDates();
    }

    @Exported
    public String getFrom() {
        return freeze.getFrom();
    }

    @Exported
    public String getTo() {
        return freeze.getTo();
    }

    @Exported
    public String getZone() {
        return freeze.getZone();
    }

    @Exported
    public String getEnvironments() {
        return freeze.getEnvironments();
    }

    /** Whether no release may begin now. */
    @Exported
    public boolean isHolding() {
        return freeze.window().holds(Instant.now());
    }

    /** When it is over, ISO 8601; null while it does not hold, or when that is years away. */
    @Exported
    public String getUntil() {
        FreezeWindow window = freeze.window();
        Instant now = Instant.now();
        return window.holds(now)
                ? window.until(now)
                        .map(ZonedDateTime::toInstant)
                        .map(Instant::toString)
                        .orElse(null)
                : null;
    }
}
