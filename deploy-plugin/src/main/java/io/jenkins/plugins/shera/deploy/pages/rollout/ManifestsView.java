package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.deploy.steps.FollowedManifests;
import io.jenkins.plugins.shera.deploy.steps.ManifestDesk;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far manifests are that were applied to an environment without a build, as REST answers it. */
@ExportedBean
public final class ManifestsView implements ModelObject {

    private final Optional<FollowedManifests> followed;

    ManifestsView(ManifestDesk desk) {
        this.followed = desk.followed();
    }

    @Override
    public String getDisplayName() {
        return Messages.ManifestsView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Name of the set, or empty. */
    @Exported
    public String getSet() {
        return followed.map(FollowedManifests::set).orElse("");
    }

    /** {@code PROGRESSING}, {@code COMPLETE}, {@code FAILED}, or {@code ABSENT} where none was applied since Jenkins started. */
    @Exported
    public String getPhase() {
        return followed.map(each -> each.phase().name()).orElse("ABSENT");
    }

    /** What was done and what is waited for, in order; the last one says why it failed. */
    @Exported
    public List<String> getLines() {
        return followed.map(FollowedManifests::lines).orElse(List.of());
    }
}
