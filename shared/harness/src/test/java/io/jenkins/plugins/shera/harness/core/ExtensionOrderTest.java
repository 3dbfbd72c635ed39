package io.jenkins.plugins.shera.harness.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Extensions are found through the SezPoz index and stand in the order of their ordinals. */
@WithJenkins
class ExtensionOrderTest {
    @Test
    void sortsByOrdinalAndLeavesOutWhatCannotBeLoaded(JenkinsRule r) {
        assertThat(ExtensionList.lookup(Tone.class))
                .extracting(tone -> tone.getClass().getSimpleName())
                .containsExactly("High", "Middle", "Low");
    }

    @Test
    void givesOneInstanceToEveryListItFits(JenkinsRule r) {
        assertThat(ExtensionList.lookupSingleton(Tone.High.class))
                .isSameAs(ExtensionList.lookup(Tone.class).get(0));
    }

    @Test
    void refusesASingletonThatIsNone(JenkinsRule r) {
        assertThatThrownBy(() -> ExtensionList.lookupSingleton(Tone.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected 1 instance of " + Tone.class.getName() + " but got 3");
    }

    @Test
    void takesAnExtensionThatATestAdds(JenkinsRule r) {
        Tone added = new Tone() {};
        ExtensionList.lookup(Tone.class).add(added);
        assertThat(ExtensionList.lookup(Tone.class)).hasSize(4).contains(added);
    }
}
