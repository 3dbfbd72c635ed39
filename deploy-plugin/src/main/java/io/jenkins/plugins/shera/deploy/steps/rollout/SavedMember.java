package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** A member of a release set as it is saved with the build. */
final class SavedMember implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String plan;
    private final String image;
    private final HashMap<String, String> env;
    /** Null in what was saved before pods had settings. */
    private final PodSettings pod;

    SavedMember(RolloutPermit permit) {
        this.plan = permit.draft().toJson().toString();
        this.image = permit.image();
        this.env = new HashMap<>(permit.env());
        this.pod = permit.pod();
    }

    RolloutPlan draft() throws IOException {
        return RolloutPlan.of(new ObjectMapper().readTree(plan));
    }

    String image() {
        return image;
    }

    Map<String, String> env() {
        return env;
    }

    PodSettings pod() {
        return pod == null ? PodSettings.NONE : pod;
    }
}
