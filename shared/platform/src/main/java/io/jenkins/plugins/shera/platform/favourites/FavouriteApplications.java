package io.jenkins.plugins.shera.platform.favourites;

import hudson.Extension;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.Application;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** A user's favourites, kept with the user; those of applications that are gone do no harm. */
public final class FavouriteApplications extends UserProperty {
    private static final int MOST = 500;

    private final List<String> names = new ArrayList<>();

    /** None yet. */
    @DataBoundConstructor
    public FavouriteApplications() {}

    private static String key(Application application) {
        return application.getTenant() + "/" + application.getName();
    }

    /** Whether it is a favourite of who asks; nobody's where nobody is signed in. */
    public static boolean has(Application application) {
        User user = User.current();
        FavouriteApplications own = user == null ? null : user.getProperty(FavouriteApplications.class);
        return own != null && own.contains(key(application));
    }

    /** Makes it one of this user's, or no longer; the oldest of more than 500 is forgotten. */
    public static void set(User user, Application application, boolean favourite) throws IOException {
        FavouriteApplications own = user.getProperty(FavouriteApplications.class);
        if (own == null) {
            own = new FavouriteApplications();
            user.addProperty(own);
        }
        own.put(key(application), favourite);
        user.save();
    }

    private synchronized boolean contains(String name) {
        return names.contains(name);
    }

    private synchronized void put(String name, boolean favourite) {
        names.remove(name);
        if (favourite) {
            names.add(name);
        }
        while (names.size() > MOST) {
            names.remove(0);
        }
    }

    /** The user's own page of settings has no question about it, and changes nothing. */
    public UserProperty reconfigure(StaplerRequest2 request, JSONObject form) {
        return this;
    }

    @Extension
    public static final class DescriptorImpl extends UserPropertyDescriptor {
        @Override
        public UserProperty newInstance(User user) {
            return null;
        }

        @Override
        public String getDisplayName() {
            return Messages.FavouriteApplications_displayName();
        }
    }
}
