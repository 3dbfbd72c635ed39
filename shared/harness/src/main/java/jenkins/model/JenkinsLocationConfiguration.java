package jenkins.model;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** Where people reach this Jenkins. */
@Extension
@Symbol("location")
public class JenkinsLocationConfiguration extends GlobalConfiguration {
    private String adminAddress;
    private String jenkinsUrl;

    public JenkinsLocationConfiguration() {
        load();
    }

    public static JenkinsLocationConfiguration get() {
        return ExtensionList.lookupSingleton(JenkinsLocationConfiguration.class);
    }

    public String getAdminAddress() {
        return Util.fixNull(adminAddress, "address not configured yet <nobody@nowhere>");
    }

    @DataBoundSetter
    public void setAdminAddress(String adminAddress) {
        this.adminAddress = adminAddress;
        save();
    }

    public String getUrl() {
        return jenkinsUrl;
    }

    @DataBoundSetter
    public void setUrl(String jenkinsUrl) {
        String url = Util.fixEmpty(jenkinsUrl);
        this.jenkinsUrl = url == null || url.endsWith("/") ? url : url + '/';
        save();
    }
}
