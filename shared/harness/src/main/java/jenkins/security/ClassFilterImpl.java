package jenkins.security;

import hudson.remoting.ClassFilter;
import io.jenkins.plugins.shera.harness.security.KnownTypes;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets pass what plugins define and a list of plain types; refuses the rest. */
public class ClassFilterImpl extends ClassFilter {
    private static final Logger LOGGER = Logger.getLogger(ClassFilterImpl.class.getName());
    private static final KnownTypes KNOWN = new KnownTypes();

    /** Puts this filter in force. */
    public static void register() {
        ClassFilter.setDefault(new ClassFilterImpl());
    }

    /** Puts no filter in force. */
    public static void unregister() {
        ClassFilter.setDefault(NONE);
    }

    ClassFilterImpl() {}

    @Override
    public boolean isBlacklisted(Class<?> c) {
        if (KNOWN.allows(c)) {
            return false;
        }
        LOGGER.log(Level.WARNING, "{0} in {1} might be dangerous, so rejecting", new Object[] {
            c.getName(), KnownTypes.location(c)
        });
        return true;
    }

    @Override
    public boolean isBlacklisted(String name) {
        return KNOWN.refusesByName(name);
    }
}
