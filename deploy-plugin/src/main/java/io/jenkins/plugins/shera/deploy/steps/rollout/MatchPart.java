package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.platform.traffic.Match;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code match(header: 'x-canary', value: 'always')}: such requests go to the canary, whatever the weight. */
public final class MatchPart extends RolloutPart {

    private final String value;
    private String header;
    private String cookie;

    /** The value to be matched exactly. */
    @DataBoundConstructor
    public MatchPart(String value) {
        this.value = value;
    }

    public String getValue() {
        return value;
    }

    /** Name of a header, or null. */
    public String getHeader() {
        return header;
    }

    @DataBoundSetter
    public void setHeader(String header) {
        this.header = Util.fixEmptyAndTrim(header);
    }

    /** Name of a cookie, or null. */
    public String getCookie() {
        return cookie;
    }

    @DataBoundSetter
    public void setCookie(String cookie) {
        this.cookie = Util.fixEmptyAndTrim(cookie);
    }

    @Override
    PlanStep step() {
        if ((header == null) == (cookie == null)) {
            throw new IllegalArgumentException("match: give either header or cookie, and a value.");
        }
        return new PlanStep.SetMatch(
                header != null
                        ? new Match(Match.Kind.HEADER, header, value)
                        : new Match(Match.Kind.COOKIE, cookie, value));
    }

    @Extension
    @Symbol("match")
    public static final class DescriptorImpl extends Descriptor<RolloutPart> {
        @Override
        public String getDisplayName() {
            return Messages.MatchPart_displayName();
        }
    }
}
