package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.util.Optional;

/** The tab Releases. */
@Extension
public class ReleasesTab extends PlacesTab {

    /** Made by Jenkins. */
    public ReleasesTab() {
        super("releases", 20, Messages::ReleasesTab_title, ReleasesPage::new);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(new Action(Messages.ReleasesTab_action(), "deploy", SheraPermissions.DEPLOY));
    }
}
