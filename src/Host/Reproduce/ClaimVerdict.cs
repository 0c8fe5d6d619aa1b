namespace Pellucid.Host.Reproduce;

/// <summary>Whether a claim holds on a model and its data.</summary>
public enum ClaimVerdict
{
    /// <summary>The interval lies on the side that the claim says.</summary>
    Holds,

    /// <summary>The interval lies on the other side.</summary>
    DoesNotHold,

    /// <summary>The interval includes no difference, or nothing could be measured.</summary>
    CannotBeTold,
}
