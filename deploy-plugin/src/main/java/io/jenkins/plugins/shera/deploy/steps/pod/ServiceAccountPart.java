package io.jenkins.plugins.shera.deploy.steps.pod;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code serviceAccount('shop')}: who the pods are for the cluster. */
public final class ServiceAccountPart extends PodSettingPart {

    private final String name;

    /** What it cannot do without. */
    @DataBoundConstructor
    public ServiceAccountPart(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("name", name);
        return new PodPart("serviceAccount", values);
    }

    @Extension
    @Symbol("serviceAccount")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.ServiceAccountPart_displayName();
        }
    }
}
