package io.jenkins.plugins.shera.deploy.steps.pod;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code nodeSelector('disk=ssd')}: on which nodes pods may run. */
public final class NodeSelectorPart extends PodSettingPart {

    private final String labels;

    /** What it cannot do without. */
    @DataBoundConstructor
    public NodeSelectorPart(String labels) {
        this.labels = labels;
    }

    public String getLabels() {
        return labels;
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("labels", labels);
        return new PodPart("nodeSelector", values);
    }

    @Extension
    @Symbol("nodeSelector")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.NodeSelectorPart_displayName();
        }
    }
}
