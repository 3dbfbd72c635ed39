package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A member of a release set as it is saved with the build. */
final class SavedMember implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String plan;
    private final String image;
    private final HashMap<String, String> env;
    private final ArrayList<String> after;

    SavedMember(RolloutPermit permit, List<String> after) {
        this.plan = permit.draft().toJson().toString();
        this.image = permit.image();
        this.env = new HashMap<>(permit.env());
        this.after = new ArrayList<>(after);
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

    List<String> after() {
        return after;
    }
}
