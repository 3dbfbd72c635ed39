package io.jenkins.plugins.shera.harness.web;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Settings with every kind of field. */
@Extension
public final class SampleConfiguration extends GlobalConfiguration {
    private String greeting = "hello";
    private String color = "green";
    private boolean loud;
    private int times = 3;
    private List<Part> parts = new ArrayList<>();
    private Part spare;

    static SampleConfiguration get() {
        return ExtensionList.lookupSingleton(SampleConfiguration.class);
    }

    public String getGreeting() {
        return greeting;
    }

    @DataBoundSetter
    public void setGreeting(String greeting) {
        this.greeting = greeting;
    }

    public String getColor() {
        return color;
    }

    @DataBoundSetter
    public void setColor(String color) {
        this.color = color;
    }

    public boolean isLoud() {
        return loud;
    }

    @DataBoundSetter
    public void setLoud(boolean loud) {
        this.loud = loud;
    }

    public int getTimes() {
        return times;
    }

    @DataBoundSetter
    public void setTimes(int times) {
        this.times = times;
    }

    public List<Part> getParts() {
        return parts;
    }

    @DataBoundSetter
    public void setParts(List<Part> parts) {
        this.parts = new ArrayList<>(parts);
    }

    public Part getSpare() {
        return spare;
    }

    @DataBoundSetter
    public void setSpare(Part spare) {
        this.spare = spare;
    }

    @POST
    public FormValidation doCheckGreeting(@QueryParameter String value) {
        return value.isEmpty() ? FormValidation.error("Say something") : FormValidation.ok("Fine: " + value);
    }

    @POST
    public ListBoxModel doFillColorItems() {
        return new ListBoxModel().add("Red", "red").add("Green", "green");
    }

    /** A part with a name and a size. */
    public static final class Part extends AbstractDescribableImpl<Part> {
        private final String name;
        private boolean big;

        @DataBoundConstructor
        public Part(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        public boolean isBig() {
            return big;
        }

        @DataBoundSetter
        public void setBig(boolean big) {
            this.big = big;
        }

        /** Its descriptor. */
        @Extension
        public static final class DescriptorImpl extends Descriptor<Part> {
            @Override
            public String getDisplayName() {
                return "Part";
            }
        }
    }
}
