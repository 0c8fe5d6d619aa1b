using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Options of methods that switch regions of the image on and off.</summary>
public abstract record FeatureOptions
{
    /// <summary>Sets the default size of a region.</summary>
    /// <param name="patch">Rows and columns of a square region.</param>
    protected FeatureOptions(int patch) => Patch = patch;

    /// <summary>Rows and columns of a square region; those at the right and lower border may be smaller. 0: <see cref="Parts"/> regions a side.</summary>
    [Description("rows and columns of a square region, in pixels of the model's input; 0: a seventh of the image's (shapley-values: a third)"), Range(0, 100000)]
    public int Patch { get; init; }

    /// <summary>Columns of a region where it is not square; 0: as <see cref="Patch"/> says.</summary>
    [Description("columns of a region where it is not square; 0: as patch says"), Range(0, 100000)]
    public int PatchWidth { get; init; }

    /// <summary>Regions along each side where their size is left open.</summary>
    internal virtual int Parts => 7;

    /// <summary>What switched-off regions are filled with.</summary>
    [Description("what switched-off regions are filled with: zero (the training data's mean color), black, white, or mean (the image's mean color)")]
    public PixelFill Fill { get; init; } = PixelFill.Zero;
}
