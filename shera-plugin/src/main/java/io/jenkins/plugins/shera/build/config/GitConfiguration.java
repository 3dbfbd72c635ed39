package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.shera.build.source.KnownHosts;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** What builds have to know of git servers; configuration as code knows it as {@code sheraGit}. */
@Extension
@Symbol("sheraGit")
public class GitConfiguration extends GlobalConfiguration {
    private String knownHosts;

    /** Reads what was saved. */
    public GitConfiguration() {
        load();
    }

    /** The one instance. */
    public static GitConfiguration get() {
        return ExtensionList.lookupSingleton(GitConfiguration.class);
    }

    /** Lines of {@code known_hosts}; empty means that the agents' own files alone are asked. */
    public synchronized String getKnownHosts() {
        return Util.fixNull(knownHosts);
    }

    /** Takes lines of {@code known_hosts}; needs SheRa/Administer. */
    @DataBoundSetter
    public synchronized void setKnownHosts(String wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        int wrong = KnownHosts.firstWrongLine(Util.fixNull(wanted));
        if (wrong > 0) {
            throw Refusal.input(
                    "knownHosts",
                    Messages.GitConfiguration_knownHosts(wrong),
                    Messages.GitConfiguration_knownHosts_next());
        }
        knownHosts = KnownHosts.tidy(Util.fixNull(wanted));
        save();
    }
}
