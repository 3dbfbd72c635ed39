package io.jenkins.plugins.shera.deploy.steps.pod;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.util.List;

/** One setting of an application's pods as people write it: {@code nodeSelector('disk=ssd')}. */
public abstract class PodSettingPart extends AbstractDescribableImpl<PodSettingPart> implements ExtensionPoint {

    abstract PodPart part();

    /**
     * Checks all of them together.
     *
     * @throws IllegalArgumentException saying which one cannot be and what to give instead
     */
    public static PodSettings settings(List<PodSettingPart> parts) {
        return PodSettings.of(parts.stream().map(PodSettingPart::part).toList());
    }
}
