package io.jenkins.plugins.shera.demo.hpi;

import hudson.PluginWrapper;
import hudson.model.Hudson;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.nio.file.Path;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A process that starts in a home with plugins, prints what it found in them, and stops. */
final class InstalledPlugins {
    private InstalledPlugins() {}

    /** @param arguments the home */
    public static void main(String[] arguments) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Jenkins jenkins = new Hudson(Path.of(arguments[0]).toFile(), null);
            jenkins.getPluginManager().getPlugins().forEach(plugin -> say("plugin " + plugin.getShortName()));
            for (StepDescriptor step : jenkins.getExtensionList(StepDescriptor.class)) {
                PluginWrapper from = jenkins.getPluginManager().whichPlugin(step.getClass());
                say("step " + step.getFunctionName() + " of " + (from == null ? "Jenkins" : from.getShortName()));
            }
            jenkins.getExtensionList(GlobalConfiguration.class)
                    .forEach(page -> say("configuration " + page.getClass().getName()));
            Class<?> mapper =
                    jenkins.getPluginManager().uberClassLoader.loadClass("com.fasterxml.jackson.databind.ObjectMapper");
            say("jackson " + mapper.getProtectionDomain().getCodeSource().getLocation());
            jenkins.cleanUp();
        }
        System.exit(0);
    }

    private static void say(String line) {
        System.out.println("found " + line);
    }
}
