package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.rollout.RolloutDesk;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Last log lines and events of an aborted canary. */
@ExportedBean
public final class EvidenceView implements ModelObject {

    private final Subject subject;

    EvidenceView(Subject subject) {
        this.subject = subject;
    }

    @Override
    public String getDisplayName() {
        return Messages.EvidenceView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Texts by name, as {@code POD.CONTAINER.log} and {@code POD.events}. */
    @Exported
    public List<Part> getParts() {
        List<Part> parts = new ArrayList<>();
        RolloutDesk.evidence(subject).forEach((name, text) -> parts.add(new Part(name, text)));
        return parts;
    }

    /** One text. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Part {
        private final String name;
        private final String text;

        Part(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Exported
        public String getName() {
            return name;
        }

        @Exported
        public String getText() {
            return text;
        }
    }
}
