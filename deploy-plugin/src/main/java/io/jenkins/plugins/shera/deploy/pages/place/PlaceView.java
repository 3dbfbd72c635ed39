package io.jenkins.plugins.shera.deploy.pages.place;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.function.Function;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What is seen of an application in one environment, as page and REST show it.
 *
 * @param <F> what was read of the cluster
 */
@ExportedBean(defaultVisibility = 999)
public abstract class PlaceView<F> {

    private final Subject subject;
    private final F facts;
    private final String trouble;

    /** As the cluster has it now; {@code nothing} where it cannot be read, and why stands in {@link #getTrouble}. */
    protected PlaceView(Subject subject, Function<Subject, F> look, F nothing) {
        F seen = nothing;
        String why = "";
        try {
            seen = look.apply(subject);
        } catch (Refusal e) {
            why = e.getMessage();
        }
        this.subject = subject;
        this.facts = seen;
        this.trouble = why;
    }

    /** Where it is. */
    protected final Subject subject() {
        return subject;
    }

    /** What was read. */
    protected final F facts() {
        return facts;
    }

    @Exported
    public final String getEnvironment() {
        return subject.environment();
    }

    @Exported
    public final String getCluster() {
        return subject.cluster();
    }

    @Exported
    public final String getNamespace() {
        return subject.namespace();
    }

    /** What keeps it from being read, empty when nothing does. */
    @Exported
    public final String getTrouble() {
        return trouble;
    }
}
