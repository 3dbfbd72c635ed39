package hudson.util;

/** A version, compared number by number. */
public class VersionNumber implements Comparable<VersionNumber> {
    private final String text;

    public VersionNumber(String num) {
        this.text = num;
    }

    public boolean isOlderThan(VersionNumber rhs) {
        return compareTo(rhs) < 0;
    }

    public boolean isNewerThan(VersionNumber rhs) {
        return compareTo(rhs) > 0;
    }

    @Override
    public int compareTo(VersionNumber that) {
        String[] a = text.split("[.-]");
        String[] b = that.text.split("[.-]");
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            String x = i < a.length ? a[i] : "0";
            String y = i < b.length ? b[i] : "0";
            boolean numbers = x.matches("\\d{1,9}") && y.matches("\\d{1,9}");
            int order = numbers ? Integer.compare(Integer.parseInt(x), Integer.parseInt(y)) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VersionNumber && compareTo((VersionNumber) o) == 0;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
