package jenkins.model;

import hudson.model.BallColor;
import hudson.model.ParameterValue;
import hudson.model.Result;
import java.util.Calendar;
import java.util.List;

/** A build as history lists show it. */
public interface HistoricalBuild {
    int getNumber();

    List<ParameterValue> getParameterValues();

    boolean isBuilding();

    Calendar getTimestamp();

    String getDurationString();

    String getDescription();

    Result getResult();

    String getUrl();

    String getDisplayName();

    String getFullDisplayName();

    BallColor getIconColor();
}
