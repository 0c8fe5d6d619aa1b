namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>What becomes of the attributions of the noisy images.</summary>
public enum NoiseTunnelType
{
    /// <summary>Their mean (Smilkov et al. 2017).</summary>
    Smoothgrad,

    /// <summary>The mean of their squares (Hooker et al. 2019), no root taken.</summary>
    SmoothgradSq,

    /// <summary>Their variance, divided by n (Adebayo et al. 2018).</summary>
    Vargrad,
}
