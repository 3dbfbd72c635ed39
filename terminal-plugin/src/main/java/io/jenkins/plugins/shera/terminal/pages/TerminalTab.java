package io.jenkins.plugins.shera.terminal.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import java.util.Optional;

/** The tab Terminal, for who may open one. */
@Extension
public class TerminalTab extends ApplicationTab {

    @Override
    public String id() {
        return "terminal";
    }

    @Override
    public String title() {
        return Messages.TerminalTab_title();
    }

    @Override
    public String icon() {
        return "symbol-terminal plugin-shera-terminal";
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.TERMINAL;
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(new Action(Messages.TerminalTab_action(), "", SheraPermissions.TERMINAL));
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new TerminalPage(tenant, application);
    }
}
