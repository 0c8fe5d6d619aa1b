using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>Options of methods that switch regions of the image on and off.</summary>
public abstract record FeatureOptions : IValidatableObject
{
    /// <summary>Sets the default size of a region.</summary>
    /// <param name="patch">Rows and columns of a square region.</param>
    protected FeatureOptions(int patch) => Patch = patch;

    /// <summary>How the image is cut into regions.</summary>
    [Description("regions: a grid of rectangles, or superpixels (SLIC) of the image at the model's input size")]
    public RegionKind Regions { get; init; } = RegionKind.Grid;

    /// <summary>Rows and columns of a square region; those at the right and lower border may be smaller. 0: <see cref="Parts"/> regions a side.</summary>
    [Description("rows and columns of a square region, in pixels of the model's input; 0: a seventh of the image's (shapley-values: a third)"), Range(0, 100000)]
    public int Patch { get; init; }

    /// <summary>Columns of a region where it is not square; 0: as <see cref="Patch"/> says.</summary>
    [Description("columns of a region where it is not square; 0: as patch says"), Range(0, 100000)]
    public int PatchWidth { get; init; }

    /// <summary>About how many superpixels.</summary>
    [Description("regions=superpixels: about how many"), Range(1, 100000)]
    public int Segments { get; init; } = 50;

    /// <summary>Weight of the place against the color.</summary>
    [Description("regions=superpixels: weight of the place against the color in CIE L*a*b*, so that larger ones are squarer"), Range(0.01, 10000.0)]
    public double Compactness { get; init; } = 10;

    /// <summary>File with the regions.</summary>
    [Description("file with the regions, of the size of the model's input: a .npy array [H, W] of whole numbers, or an image with a color for each region; in the place of regions and patch"), FileOption]
    public string? Mask { get; init; }

    /// <summary>Regions along each side where their size is left open.</summary>
    internal virtual int Parts => 7;

    /// <summary>What switched-off regions are filled with.</summary>
    [Description("what switched-off regions are filled with: zero (the training data's mean color), black, white, or mean (the image's mean color)")]
    public PixelFill Fill { get; init; } = PixelFill.Zero;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mask is not null && Regions == RegionKind.Superpixels)
            yield return new ValidationResult("mask and regions=superpixels exclude each other: the regions come from the file or from the image", [nameof(Mask)]);
    }
}
