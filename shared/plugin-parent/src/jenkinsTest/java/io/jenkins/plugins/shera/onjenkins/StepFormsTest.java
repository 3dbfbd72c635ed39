package io.jenkins.plugins.shera.onjenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every step of this plugin goes through its form and comes back the same, and the snippet generator writes it. */
@WithJenkins
class StepFormsTest {

    @Test
    void giveBackWhatTheyWereGiven(JenkinsRule rule) throws Exception {
        List<String> lost = new ArrayList<>();
        for (StepDescriptor each : ours()) {
            DescribableModel<Step> model = DescribableModel.of(each.clazz.asSubclass(Step.class));
            Step before = model.instantiate(least(model), null);
            FreeStyleProject project = rule.createFreeStyleProject();
            project.getBuildersList().add(new StepHolder(before));
            rule.configRoundtrip(project);
            StepHolder after = project.getBuildersList().get(StepHolder.class);
            String was = model.uninstantiate2(before).toString();
            String is = model.uninstantiate2(after.getStep()).toString();
            if (!was.equals(is)) {
                lost.add(was + " became " + is);
            }
            assertThat(Snippetizer.object2Groovy(before)).startsWith(each.getFunctionName());
        }
        assertThat(lost).isEmpty();
    }

    static List<StepDescriptor> ours() {
        return StepDescriptor.all().stream()
                .filter(each -> each.clazz.getName().startsWith("io.jenkins.plugins.shera."))
                .toList();
    }

    /** What a step must be given: a word for text, nothing in lists. */
    private static Map<String, Object> least(DescribableModel<Step> model) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (DescribableParameter each : model.getParameters()) {
            if (each.isRequired()) {
                Class<?> type = each.getErasedType();
                arguments.put(
                        each.getName(),
                        type == int.class ? 1 : type == boolean.class ? true : type == List.class ? List.of() : "word");
            }
        }
        return arguments;
    }
}
