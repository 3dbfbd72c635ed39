package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.steps.Lines;
import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code member(application: 'shop', image: built.reference, after: ['stock'])}: one application of a release set. */
public final class SetMemberPart extends AbstractDescribableImpl<SetMemberPart> {

    private final String application;
    private final String image;
    private String environment;
    private TrafficRouter router;
    private List<String> after = new ArrayList<>();
    private Map<String, String> env = new LinkedHashMap<>();

    /** What a member cannot do without. */
    @DataBoundConstructor
    public SetMemberPart(String application, String image) {
        this.application = application;
        this.image = image;
    }

    public String getApplication() {
        return application;
    }

    public String getImage() {
        return image;
    }

    /** Name of the environment; null when the application has only one. */
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** What splits the traffic; null for pods as shares. */
    public TrafficRouter getRouter() {
        return router;
    }

    @DataBoundSetter
    public void setRouter(TrafficRouter router) {
        this.router = router;
    }

    /** Members that must be stable before this one is promoted: {@code stock}, or {@code stock/prod} for one environment. */
    public List<String> getAfter() {
        return after;
    }

    /** A form sends all of them as one text, with spaces or commas between. */
    @DataBoundSetter
    public void setAfter(List<String> after) {
        this.after = after == null
                ? new ArrayList<>()
                : after.stream()
                        .flatMap(each -> Stream.of(each.split("[\\s,]+")))
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    /** For the form: all of them as one text. */
    public String getAfterText() {
        return String.join(", ", after);
    }

    /** Environment variables that the new revision has besides those of the stable one. */
    public Map<String, String> getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(Map<String, ?> env) {
        this.env = Lines.texts(env);
    }

    /** Always null, as {@code env} says it; a form sends here what it shows as {@link #getEnvText}. */
    public String getVariables() {
        return null;
    }

    /** The variables of {@code env} as lines {@code NAME=VALUE}, which a form can send. */
    @DataBoundSetter
    public void setVariables(String variables) {
        env.putAll(Lines.read(variables));
    }

    /** For the form: lines {@code NAME=VALUE}. */
    public String getEnvText() {
        return Lines.of(env);
    }

    @Extension
    @Symbol("member")
    public static final class DescriptorImpl extends Descriptor<SetMemberPart> {
        @Override
        public String getDisplayName() {
            return Messages.SetMemberPart_displayName();
        }
    }
}
