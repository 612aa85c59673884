# One image per role. Works on Packer 1.6.6 (Debian's) as it stands: no cd_content, cpu_model, templatefile or required_plugins here.
# `redishabake image cluster.yaml -o DIRECTORY` writes the variable file of each role; `make image` brings the rest.

variable "role" {
  type        = string
  description = "What a VM of this image runs: data (Redis and Sentinel), sentinel, proxy (HAProxy and keepalived) or all."
  validation {
    condition     = contains(["data", "sentinel", "proxy", "all"], var.role)
    error_message = "The role must be data, sentinel, proxy or all."
  }
}

variable "suite" {
  type        = string
  description = "The base image's distribution: jammy, noble, bookworm or trixie. The build stops where the base image is another."
  validation {
    condition     = contains(["jammy", "noble", "bookworm", "trixie"], var.suite)
    error_message = "The suite must be jammy, noble, bookworm or trixie."
  }
}

variable "engine" {
  type    = string
  default = "redis"
  validation {
    condition     = contains(["redis", "valkey"], var.engine)
    error_message = "The engine must be redis or valkey."
  }
}

variable "engine_major" {
  type        = number
  description = "The engine's major version. The build stops where the archive gives another."
  validation {
    condition     = var.engine_major >= 7
    error_message = "The engine's major version must be 7 or newer: older ones lack what Sentinel and the guards need."
  }
}

variable "files" {
  type        = map(string)
  default     = {}
  description = "Files of the image, by path: kernel settings, and the archive and the pin of the engine. None of them is a secret."
}

variable "datasources" {
  type        = list(string)
  default     = ["NoCloud", "ConfigDrive", "OpenStack", "CloudStack", "Ec2"]
  description = "Where cloud-init looks for its text. A probe of an absent one can cost a boot up to two minutes."
}

variable "agent_deb" {
  type        = string
  description = "The agent's package, as `make deb` builds it."
}

variable "base_image" {
  type        = string
  description = "A cloud image of the suite: a path or a URL."
}

variable "base_checksum" {
  type        = string
  description = "sha256:HEX, or file:URL of a list of checksums."
  validation {
    condition     = substr(var.base_checksum, 0, 7) == "sha256:" || substr(var.base_checksum, 0, 7) == "sha512:" || substr(var.base_checksum, 0, 5) == "file:"
    error_message = "The base image needs a checksum: sha256:HEX, sha512:HEX or file:URL."
  }
}

variable "format" {
  type    = string
  default = "qcow2"
  validation {
    condition     = contains(["qcow2", "raw"], var.format)
    error_message = "The format must be qcow2 or raw."
  }
}

variable "disk_size" {
  type        = string
  default     = "4G"
  description = "The image's disk; cloud-init grows it to the VM's own at the first boot."
}

variable "output_directory" {
  type        = string
  description = "Where image, manifest, checksum, stamp and package list go. Must not exist."
}

variable "build_user" {
  type        = string
  default     = "packer"
  description = "The user of this build, made by the seed and removed at its end (`make image` makes one for each build)."
}

variable "build_key" {
  type        = string
  default     = ""
  description = "The private key of this build's user; qemu only."
}

variable "build_seed" {
  type        = string
  default     = ""
  description = "A NoCloud disk that makes this build's user; qemu only."
}

variable "build_apt_conf" {
  type        = string
  default     = ""
  description = "apt.conf lines that hold during the build only, such as a proxy."
}

variable "accelerator" {
  type        = string
  default     = "kvm"
  description = "kvm, or tcg where there is none (a build takes minutes instead of one)."
}

variable "cpus" {
  type    = number
  default = 2
}

variable "memory" {
  type    = number
  default = 1024
}

variable "openstack_source_image" {
  type    = string
  default = ""
}

variable "openstack_flavor" {
  type    = string
  default = ""
}

variable "openstack_networks" {
  type    = list(string)
  default = []
}

variable "openstack_user" {
  type        = string
  default     = "debian"
  description = "The source image's own user: debian or ubuntu."
}

locals {
  name = "redishabake-${var.role}-${var.suite}"
  # How a provisioner's script is run, with its variables.
  as_root = "{{ .Vars }} sudo -E bash {{ .Path }}"
}

source "qemu" "image" {
  vm_name          = "${local.name}.${var.format}"
  output_directory = var.output_directory
  iso_url          = var.base_image
  iso_checksum     = var.base_checksum
  disk_image       = true
  disk_size        = var.disk_size
  format           = var.format
  # What is deleted leaves the file, too; then what is left is compressed.
  disk_discard        = "unmap"
  disk_detect_zeroes  = "unmap"
  disk_compression    = var.format == "qcow2"
  disk_cache          = "unsafe"
  accelerator         = var.accelerator
  cpus                = var.cpus
  memory              = var.memory
  headless            = true
  use_default_display = true
  qemuargs = [
    ["-cpu", "max"],
    ["-display", "none"],
    ["-serial", "file:${var.output_directory}.console.log"],
    # Cloud kernels have no driver for an IDE CD-ROM, where cd_files would end up: the seed is a second virtio disk.
    ["-drive", "file={{ .OutputDir }}/{{ .Name }},if=virtio,cache=unsafe,discard=unmap,detect-zeroes=unmap,format=${var.format}"],
    ["-drive", "file=${var.build_seed},if=virtio,format=raw,readonly=on"],
  ]
  ssh_username           = var.build_user
  ssh_private_key_file   = var.build_key
  ssh_timeout            = "40m"
  ssh_handshake_attempts = 200
  # Halts by itself: what provision/clean.sh left behind removes the build's user last of all.
  shutdown_command = "sudo systemctl poweroff"
  shutdown_timeout = "15m"
}

# Written from its documentation; only its syntax was checked.
source "openstack" "image" {
  image_name        = local.name
  source_image_name = var.openstack_source_image
  flavor            = var.openstack_flavor
  networks          = var.openstack_networks
  ssh_username      = var.openstack_user
  ssh_timeout       = "10m"
  image_disk_format = var.format
}

build {
  sources = ["source.qemu.image", "source.openstack.image"]

  provisioner "file" {
    source      = var.agent_deb
    destination = "/tmp/redishabake-agent.deb"
  }

  provisioner "shell" {
    script          = "${path.root}/provision/install.sh"
    execute_command = local.as_root
    environment_vars = [
      "ROLE=${var.role}",
      "SUITE=${var.suite}",
      "ENGINE=${var.engine}",
      "ENGINE_MAJOR=${var.engine_major}",
      "DATASOURCES=${join(", ", var.datasources)}",
      "FILES=${base64encode(jsonencode(var.files))}",
      "APT_CONF=${base64encode(var.build_apt_conf)}",
    ]
  }

  # Beside the image: what it is, and every package in it with its version.
  provisioner "file" {
    direction   = "download"
    source      = "/usr/share/redishabake/image.json"
    destination = "${var.output_directory}/${local.name}.json"
  }

  provisioner "file" {
    direction   = "download"
    source      = "/usr/share/redishabake/packages.tsv"
    destination = "${var.output_directory}/${local.name}.packages.tsv"
  }

  # The last one: nothing may be done on the machine after it.
  provisioner "shell" {
    script           = "${path.root}/provision/clean.sh"
    execute_command  = local.as_root
    environment_vars = ["BUILD_USER=${var.build_user}"]
  }

  post-processor "manifest" {
    output     = "${var.output_directory}/${local.name}.manifest.json"
    strip_path = true
    custom_data = {
      role         = var.role
      suite        = var.suite
      engine       = var.engine
      engine_major = var.engine_major
      base         = var.base_checksum
    }
  }

  post-processor "shell-local" {
    inline = ["cd '${var.output_directory}' && sha256sum '${local.name}.${var.format}' > '${local.name}.${var.format}.sha256'"]
  }
}
