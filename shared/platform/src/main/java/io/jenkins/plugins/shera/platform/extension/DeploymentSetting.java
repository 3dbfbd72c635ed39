package io.jenkins.plugins.shera.platform.extension;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.AbstractDescribableImpl;

/** One setting of a {@link DeploymentAddition} as a Jenkinsfile writes it. */
public abstract class DeploymentSetting extends AbstractDescribableImpl<DeploymentSetting> {

    /** The same as REST writes it. */
    public abstract JsonNode asRest();
}
