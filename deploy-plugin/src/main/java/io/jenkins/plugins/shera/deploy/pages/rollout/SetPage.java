package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetDesk;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.SheraPage;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A release set, its members side by side; found by one of them. */
@ExportedBean
public final class SetPage extends SheraPage {

    private final ReleasesPage releases;
    private final Subject subject;
    private Optional<SetDesk.Seen> seen;
    private String trouble = "";

    SetPage(ReleasesPage releases, Subject subject) {
        this.releases = releases;
        this.subject = subject;
    }

    /** Read once for each request; a cluster that does not answer costs this page no more than a sentence. */
    private Optional<SetDesk.Seen> seen() {
        if (seen == null) {
            try {
                seen = SetDesk.look(subject);
            } catch (Refusal e) {
                seen = Optional.empty();
                trouble = e.getMessage();
            }
        }
        return seen;
    }

    @Override
    public String getDisplayName() {
        return Messages.SetPage_title();
    }

    @Override
    public String getPageName() {
        return "release-set";
    }

    @Override
    public String getPageUrl() {
        return releases.getPageUrl() + "/set/" + subject.environment();
    }

    @Override
    public String getTab() {
        return releases.getTab();
    }

    @Override
    public String getApplicationUrl() {
        return releases.getApplicationUrl();
    }

    @Override
    public String getPlugin() {
        return releases.getPlugin();
    }

    @Override
    public String getStylesheet() {
        return releases.getStylesheet();
    }

    @Override
    public String getTexts() {
        return releases.getTexts();
    }

    /** Name of the application by which the set was found. */
    @Exported
    public String getApplication() {
        return subject.application();
    }

    /** Name of the environment by which the set was found. */
    @Exported
    public String getEnvironment() {
        return subject.environment();
    }

    @Exported
    public boolean isMayPromote() {
        return releases.isMayPromote();
    }

    @Exported
    public boolean isMayDeploy() {
        return releases.isMayDeploy();
    }

    /** Whether the last rollout there was a member of a set. */
    @Exported
    public boolean isKnown() {
        return seen().isPresent();
    }

    /** Why the cluster does not tell; may be empty. */
    @Exported
    public String getTrouble() {
        seen();
        return trouble;
    }

    /** Names the set; empty where there is none. */
    @Exported
    public String getId() {
        return seen().map(known -> known.asked().set().id()).orElse("");
    }

    /** Where the whole set stands, in the words of a single rollout. */
    @Exported
    public String getPhase() {
        return seen().map(known -> known.outcome().text()).orElse("");
    }

    /** Whether nothing is left to do. */
    @Exported
    public boolean isOver() {
        return seen().map(known -> known.outcome().isEnd()).orElse(true);
    }

    @Exported
    public String getReason() {
        return seen().map(SetDesk.Seen::why).orElse("");
    }

    @Exported
    public String getStartedBy() {
        return seen().map(known -> known.asked().startedBy()).orElse("");
    }

    @Exported
    public String getBuild() {
        return seen().map(known -> known.asked().build()).orElse("");
    }

    /** The members, in the order of the step. */
    @Exported
    public List<SetMemberView> getMembers() {
        return seen().map(known -> known.members().stream()
                        .map(each -> new SetMemberView(known.asked().set(), each))
                        .toList())
                .orElse(List.of());
    }

    /** What may be a member of a new set; empty for who may not begin one. */
    @Exported
    public List<SetPlaceView> getPlaces() {
        return releases.setPlaces();
    }

    /** The verbs for the whole set that fit now. */
    @Exported
    public List<String> getVerbs() {
        return seen().map(known -> known.verbs().stream().map(SetVerb::text).toList())
                .orElse(List.of());
    }
}
