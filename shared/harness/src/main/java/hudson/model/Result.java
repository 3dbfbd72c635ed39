package hudson.model;

import java.io.Serializable;
import java.util.List;

/** How a build ended; worse ones have higher ordinals. */
public final class Result implements Serializable {
    private static final long serialVersionUID = 1L;
    public static final Result SUCCESS = new Result("SUCCESS", BallColor.BLUE, 0, true);
    public static final Result UNSTABLE = new Result("UNSTABLE", BallColor.YELLOW, 1, true);
    public static final Result FAILURE = new Result("FAILURE", BallColor.RED, 2, true);
    public static final Result NOT_BUILT = new Result("NOT_BUILT", BallColor.NOTBUILT, 3, false);
    public static final Result ABORTED = new Result("ABORTED", BallColor.ABORTED, 4, false);
    private static final List<Result> ALL = List.of(SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED);

    private final String name;

    /** Higher is worse. */
    public final int ordinal;

    /** The colour of the result. */
    public final BallColor color;

    /** Whether the build ran to its end. */
    public final boolean completeBuild;

    private Result(String name, BallColor color, int ordinal, boolean complete) {
        this.name = name;
        this.color = color;
        this.ordinal = ordinal;
        this.completeBuild = complete;
    }

    /** The worse of the two. */
    public Result combine(Result that) {
        return that == null || ordinal >= that.ordinal ? this : that;
    }

    /** The worse of the two, either may be null. */
    public static Result combine(Result r1, Result r2) {
        return r1 == null ? r2 : r1.combine(r2);
    }

    public boolean isWorseThan(Result that) {
        return ordinal > that.ordinal;
    }

    public boolean isWorseOrEqualTo(Result that) {
        return ordinal >= that.ordinal;
    }

    public boolean isBetterThan(Result that) {
        return ordinal < that.ordinal;
    }

    public boolean isBetterOrEqualTo(Result that) {
        return ordinal <= that.ordinal;
    }

    public boolean isCompleteBuild() {
        return completeBuild;
    }

    /** The result of the given name, or FAILURE. */
    public static Result fromString(String s) {
        for (Result result : ALL) {
            if (result.name.equalsIgnoreCase(s)) {
                return result;
            }
        }
        return FAILURE;
    }

    /** As given to the web API. */
    public String toExportedObject() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    private Object readResolve() {
        return fromString(name);
    }
}
