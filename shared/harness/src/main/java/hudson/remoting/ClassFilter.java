package hudson.remoting;

/** Decides which classes may be read from outside. */
public abstract class ClassFilter {
    private static volatile ClassFilter current;

    /** Refuses nothing. */
    public static final ClassFilter NONE = new NoFilter();

    /** Whatever filter is in force. */
    public static final ClassFilter DEFAULT = new CurrentFilter();

    protected ClassFilter() {}

    /** Whether a class of that name is refused. */
    public boolean isBlacklisted(String name) {
        return false;
    }

    /** Whether the class is refused. */
    public boolean isBlacklisted(Class<?> c) {
        return false;
    }

    /** Fails when a class of that name is refused. */
    public final String check(String name) {
        if (isBlacklisted(name)) {
            throw new SecurityException("Rejected: " + name + "; see https://jenkins.io/redirect/class-filter/");
        }
        return name;
    }

    /** Fails when the class is refused. */
    public final Class<?> check(Class<?> c) {
        if (isBlacklisted(c)) {
            throw new SecurityException("Rejected: " + c.getName() + "; see https://jenkins.io/redirect/class-filter/");
        }
        return c;
    }

    /** Puts a filter in force. */
    public static void setDefault(ClassFilter filter) {
        current = filter;
    }

    private static final class NoFilter extends ClassFilter {}

    private static final class CurrentFilter extends ClassFilter {
        @Override
        public boolean isBlacklisted(String name) {
            ClassFilter filter = current;
            return filter != null && filter.isBlacklisted(name);
        }

        @Override
        public boolean isBlacklisted(Class<?> c) {
            ClassFilter filter = current;
            return filter != null && filter.isBlacklisted(c);
        }
    }
}
